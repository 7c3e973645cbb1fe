import { aiNative, all, hnsw, type Item, type } from './requirement.ts';

export const aiNativeVectors: readonly Item[] = [
  // Section 3: embeddings
  aiNative(
    376,
    'vectors of 1024 dimensions',
    all(
      ...['accounts', 'contacts', 'opportunities'].map((name) =>
        type(name, 'summary_embedding', 'vector(1024)'),
      ),
    ),
  ),
  aiNative(
    380,
    'inner product, for normalised vectors',
    "(SELECT bool_and(pg_get_indexdef(oid) LIKE '%vector_ip_ops%') FROM pg_class WHERE relname LIKE 'idx\\_%\\_hnsw')",
  ),
  aiNative(407, 'CREATE EXTENSION vector', "EXISTS (SELECT FROM pg_extension WHERE extname = 'vector')"),
  aiNative(
    412,
    'content embeddings of interactions, notes and documents',
    all(...['activities', 'notes', 'documents'].map((name) => type(name, 'embedding', 'vector(1024)'))),
  ),
  aiNative(
    417,
    'summary embeddings of accounts and contacts',
    all(
      type('accounts', 'summary_embedding', 'vector(1024)'),
      type('contacts', 'summary_embedding', 'vector(1024)'),
    ),
  ),
  aiNative(
    442,
    'idx_interactions_embedding_hnsw',
    hnsw('activities', 'embedding'),
    'Only for rows marked as being in the graph: the laptop puts them in by background work.',
  ),
  aiNative(443, 'idx_notes_embedding_hnsw', hnsw('notes', 'embedding')),
  aiNative(444, 'idx_documents_embedding_hnsw', hnsw('documents', 'embedding')),
  aiNative(447, 'idx_accounts_summary_embedding_hnsw', hnsw('accounts', 'summary_embedding')),
  aiNative(448, 'idx_contacts_summary_embedding_hnsw', hnsw('contacts', 'summary_embedding')),
];
