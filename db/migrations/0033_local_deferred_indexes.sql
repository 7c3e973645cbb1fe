-- Indexes that are put aside while a large import goes on, to be built at its end: building one over 100,000 rows takes a
-- quarter of what bringing it up with each of them does. What is put aside is written here in the same transaction that
-- drops it, and an engine that opens builds what a crash left over. Nobody but the engine itself reads or writes it.
SET LOCAL ROLE satchel_owner;

CREATE TABLE satchel.deferred_indexes (
  name text PRIMARY KEY,
  definition text NOT NULL,
  deferred_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO satchel.tables (name, mark) VALUES ('satchel.deferred_indexes', 'local');

RESET ROLE;
