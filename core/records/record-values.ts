/** Values of a record's properties as the contract's input schema gives them; what is left out is not touched. */
export type RecordValues = Readonly<Record<string, unknown>>;
