/** The contract's implementation, assembled from the folder of each capability. */
export const router = {};
