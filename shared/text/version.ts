/**
 * Of the rule by which texts are compared; in the database `satchel.fold_version()`. Raised with every change of what any
 * text becomes, since keys that are stored were made by it.
 */
export const foldVersion = 1;
