-- Indexes. Every foreign key has one (the workspace leads each of them, so the primary key serves the reference to
-- workspaces). Lists are paged by key: (workspace, sort key, id) over the rows that are not in the trash. Each index of
-- contacts costs 0.2 to 0.5 s in an import of 100,000, the trigram index more than all others together, so a column
-- gets one only where a screen sorts or searches by it. Records without custom fields stay out of the index on them, which
-- they would cost as much as two others; a query says so beside its containment. The owner is included where a list is counted or jumped through:
-- the policies ask for it, and with it the index alone answers.
SET LOCAL ROLE satchel_owner;

-- Accounts
CREATE INDEX idx_accounts_workspace_name ON accounts (workspace_id, name);
-- Of all rows, as that of contacts: what refers to one in the trash still shows its name, and is listed by it.
CREATE INDEX idx_accounts_name_key ON accounts (workspace_id, name_key, id) INCLUDE (owner_id, deleted_at);
CREATE INDEX idx_accounts_annual_revenue ON accounts (workspace_id, annual_revenue, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_accounts_industry ON accounts (workspace_id, lower(industry), id) WHERE deleted_at IS NULL;
CREATE INDEX idx_accounts_owner_id ON accounts (workspace_id, owner_id, name_key, id) INCLUDE (deleted_at);
CREATE INDEX idx_accounts_parent_account_id ON accounts (workspace_id, parent_account_id, name_key, id)
  INCLUDE (owner_id, deleted_at);
-- Matching for duplicates sees the trash.
CREATE INDEX idx_accounts_domain ON accounts (workspace_id, lower(domain)) WHERE domain IS NOT NULL;
CREATE INDEX idx_accounts_search_tsv ON accounts USING gin (search_tsv) WHERE search_tsv IS NOT NULL;

CREATE INDEX idx_accounts_summary_embedding_bits ON accounts (workspace_id, embedding_model)
  INCLUDE (id, summary_embedding_bits) WHERE summary_embedding_bits IS NOT NULL AND deleted_at IS NULL;

-- Only rows marked as indexed are in the graph, and nothing is for rows without a vector. Where the home keeps the graph
-- by background work (the laptop), an edit of the row leaves the graph at once instead of paying for a new insertion.

CREATE INDEX idx_accounts_summary_embedding_hnsw ON accounts
  USING hnsw (summary_embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE summary_embedding_indexed;
CREATE INDEX idx_accounts_summary_embedding_unindexed ON accounts (workspace_id, id)
  WHERE summary_embedding IS NOT NULL AND NOT summary_embedding_indexed;

-- Contacts
CREATE INDEX idx_contacts_name_key ON contacts (workspace_id, name_key, id) INCLUDE (owner_id, deleted_at);
CREATE INDEX idx_contacts_last_name ON contacts (workspace_id, lower(last_name), id)
  WHERE deleted_at IS NULL AND last_name IS NOT NULL;
CREATE INDEX idx_contacts_lifecycle_stage ON contacts (workspace_id, lifecycle_stage, created_at DESC);
-- A person's own contacts by name, page by page, and all contacts by their owners' names. Of all rows, for the reference to
-- users holds in the trash too.
CREATE INDEX idx_contacts_owner_id ON contacts (workspace_id, owner_id, name_key, id) INCLUDE (deleted_at);
-- The contacts of an account from the index alone, by name; also account after account, for a list sorted by them.
CREATE INDEX idx_contacts_company_lookup ON contacts (workspace_id, account_id, name_key, id)
  INCLUDE (first_name, last_name, email, job_title, owner_id, deleted_at);
CREATE INDEX idx_contacts_email ON contacts (workspace_id, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX idx_contacts_converted_from_lead_id ON contacts (workspace_id, converted_from_lead_id)
  WHERE converted_from_lead_id IS NOT NULL;
CREATE INDEX idx_contacts_search_tsv ON contacts USING gin (search_tsv) WHERE search_tsv IS NOT NULL;

CREATE INDEX idx_contacts_summary_embedding_bits ON contacts (workspace_id, embedding_model)
  INCLUDE (id, summary_embedding_bits) WHERE summary_embedding_bits IS NOT NULL AND deleted_at IS NULL;

CREATE INDEX idx_contacts_summary_embedding_hnsw ON contacts
  USING hnsw (summary_embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE summary_embedding_indexed;
CREATE INDEX idx_contacts_summary_embedding_unindexed ON contacts (workspace_id, id)
  WHERE summary_embedding IS NOT NULL AND NOT summary_embedding_indexed;

-- Leads
CREATE INDEX idx_leads_status ON leads (workspace_id, status, created_at DESC);
CREATE INDEX idx_leads_owner_id ON leads (workspace_id, owner_id);
CREATE INDEX idx_leads_email ON leads (workspace_id, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX idx_leads_converted_account_id ON leads (workspace_id, converted_account_id)
  WHERE converted_account_id IS NOT NULL;
CREATE INDEX idx_leads_converted_contact_id ON leads (workspace_id, converted_contact_id)
  WHERE converted_contact_id IS NOT NULL;
CREATE INDEX idx_leads_converted_opportunity_id ON leads (workspace_id, converted_opportunity_id)
  WHERE converted_opportunity_id IS NOT NULL;
CREATE INDEX idx_leads_search_tsv ON leads USING gin (search_tsv) WHERE search_tsv IS NOT NULL;

-- Products
CREATE INDEX idx_products_unit_price ON products (workspace_id, unit_price, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_products_sku ON products (workspace_id, lower(sku)) WHERE sku IS NOT NULL;
CREATE INDEX idx_products_search_tsv ON products USING gin (search_tsv) WHERE search_tsv IS NOT NULL;

-- Opportunities
CREATE INDEX idx_opportunities_stage_close_date ON opportunities (workspace_id, stage, close_date);
-- The totals of the board from the index alone, in the order in which it adds them up.
CREATE INDEX idx_opportunities_board ON opportunities (workspace_id, stage, currency, probability)
  INCLUDE (amount, owner_id) WHERE deleted_at IS NULL;
CREATE INDEX idx_opportunities_open_by_owner ON opportunities (workspace_id, owner_id, close_date)
  WHERE stage NOT IN ('closed_won', 'closed_lost') AND deleted_at IS NULL;
CREATE INDEX idx_opportunities_amount ON opportunities (workspace_id, amount, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_opportunities_close_date ON opportunities (workspace_id, close_date, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_opportunities_account_id ON opportunities (workspace_id, account_id, name_key, id)
  INCLUDE (owner_id, deleted_at);
CREATE INDEX idx_opportunities_contact_id ON opportunities (workspace_id, contact_id, name_key, id)
  INCLUDE (owner_id, deleted_at);
CREATE INDEX idx_opportunities_product_id ON opportunities (workspace_id, product_id, name_key, id)
  INCLUDE (owner_id, deleted_at);
CREATE INDEX idx_opportunities_owner_id ON opportunities (workspace_id, owner_id, name_key, id)
  INCLUDE (deleted_at);
CREATE INDEX idx_opportunities_external_ref ON opportunities (workspace_id, external_ref)
  WHERE external_ref IS NOT NULL;
CREATE INDEX idx_opportunities_search_tsv ON opportunities USING gin (search_tsv) WHERE search_tsv IS NOT NULL;

CREATE INDEX idx_opportunities_summary_embedding_bits ON opportunities (workspace_id, embedding_model)
  INCLUDE (id, summary_embedding_bits) WHERE summary_embedding_bits IS NOT NULL AND deleted_at IS NULL;

CREATE INDEX idx_opportunities_summary_embedding_hnsw ON opportunities
  USING hnsw (summary_embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE summary_embedding_indexed;
CREATE INDEX idx_opportunities_summary_embedding_unindexed ON opportunities (workspace_id, id)
  WHERE summary_embedding IS NOT NULL AND NOT summary_embedding_indexed;

CREATE INDEX idx_opp_participants_contact_id ON opportunity_participants (workspace_id, contact_id);
CREATE INDEX idx_opportunity_stage_history_opportunity_id
  ON opportunity_stage_history (workspace_id, opportunity_id, changed_at);
CREATE INDEX idx_opportunity_stage_history_changed_at ON opportunity_stage_history (workspace_id, changed_at);

-- Quotes
CREATE INDEX idx_quotes_opportunity_id ON quotes (workspace_id, opportunity_id, version DESC);
CREATE INDEX idx_quotes_account_id ON quotes (workspace_id, account_id);
CREATE INDEX idx_quotes_contact_id ON quotes (workspace_id, contact_id);
CREATE INDEX idx_quotes_owner_id ON quotes (workspace_id, owner_id);
CREATE INDEX idx_quotes_number ON quotes (workspace_id, quote_number, version);
CREATE INDEX idx_quotes_status ON quotes (workspace_id, status, valid_until);
CREATE INDEX idx_quote_line_items_quote_id ON quote_line_items (workspace_id, quote_id, position);
CREATE INDEX idx_quote_line_items_product_id ON quote_line_items (workspace_id, product_id);

-- Cases
CREATE INDEX idx_cases_number ON cases (workspace_id, case_number);
CREATE INDEX idx_cases_status ON cases (workspace_id, status, priority, created_at DESC);
CREATE INDEX idx_cases_contact_id ON cases (workspace_id, contact_id);
CREATE INDEX idx_cases_account_id ON cases (workspace_id, account_id);
CREATE INDEX idx_cases_owner_id ON cases (workspace_id, owner_id);
CREATE INDEX idx_cases_description_tsv_gin ON cases USING gin (search_tsv);

-- Activities: an index of the parent is made on each partition.
CREATE INDEX idx_activities_occurred_at ON activities (workspace_id, occurred_at DESC, id);
CREATE INDEX idx_activities_user_id ON activities (workspace_id, user_id, occurred_at DESC);
CREATE INDEX idx_activities_notes_tsv_gin ON activities USING gin (body_tsv);
CREATE INDEX idx_activities_custom_fields_gin ON activities USING gin (custom_fields jsonb_path_ops)
  WHERE custom_fields <> '{}';
CREATE INDEX idx_activities_external_ref ON activities (workspace_id, external_ref) WHERE external_ref IS NOT NULL;
CREATE INDEX idx_activities_trash ON activities (workspace_id, deleted_at DESC, id) WHERE deleted_at IS NOT NULL;

CREATE INDEX idx_activities_embedding_bits ON activities (workspace_id, embedding_model, occurred_at)
  INCLUDE (id, embedding_bits) WHERE embedding_bits IS NOT NULL AND deleted_at IS NULL;

CREATE INDEX idx_activities_embedding_hnsw ON activities
  USING hnsw (embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE embedding_indexed;
CREATE INDEX idx_activities_embedding_unindexed ON activities (workspace_id, id)
  WHERE embedding IS NOT NULL AND NOT embedding_indexed;

-- A record's timeline, newest first, from the junction's index alone.
CREATE INDEX idx_activity_contacts_timeline ON activity_contacts
  (workspace_id, contact_id, occurred_at DESC, activity_id);
CREATE INDEX idx_activity_accounts_timeline ON activity_accounts
  (workspace_id, account_id, occurred_at DESC, activity_id);
CREATE INDEX idx_activity_opportunities_timeline ON activity_opportunities
  (workspace_id, opportunity_id, occurred_at DESC, activity_id);
CREATE INDEX idx_activity_cases_timeline ON activity_cases
  (workspace_id, case_id, occurred_at DESC, activity_id);

-- Notes
CREATE INDEX idx_notes_contact_id ON notes (workspace_id, contact_id, created_at DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX idx_notes_account_id ON notes (workspace_id, account_id, created_at DESC) WHERE account_id IS NOT NULL;
CREATE INDEX idx_notes_opportunity_id ON notes (workspace_id, opportunity_id, created_at DESC) WHERE opportunity_id IS NOT NULL;
CREATE INDEX idx_notes_case_id ON notes (workspace_id, case_id, created_at DESC) WHERE case_id IS NOT NULL;
CREATE INDEX idx_notes_user_id ON notes (workspace_id, user_id);
CREATE INDEX idx_notes_content_tsv ON notes USING gin (content_tsv);

CREATE INDEX idx_notes_embedding_bits ON notes (workspace_id, embedding_model)
  INCLUDE (id, embedding_bits) WHERE embedding_bits IS NOT NULL AND deleted_at IS NULL;

CREATE INDEX idx_notes_embedding_hnsw ON notes
  USING hnsw (embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE embedding_indexed;
CREATE INDEX idx_notes_embedding_unindexed ON notes (workspace_id, id)
  WHERE embedding IS NOT NULL AND NOT embedding_indexed;

-- Tasks
CREATE INDEX idx_tasks_assigned_to_id_pending ON tasks (workspace_id, assigned_to_id, due_date)
  WHERE status = 'pending' AND deleted_at IS NULL;
CREATE INDEX idx_tasks_assigned_to_id ON tasks (workspace_id, assigned_to_id);
CREATE INDEX idx_tasks_due_date ON tasks (workspace_id, due_date, id) WHERE status = 'pending' AND deleted_at IS NULL;
CREATE INDEX idx_tasks_contact_id ON tasks (workspace_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX idx_tasks_account_id ON tasks (workspace_id, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX idx_tasks_opportunity_id ON tasks (workspace_id, opportunity_id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX idx_tasks_case_id ON tasks (workspace_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX idx_tasks_search_tsv ON tasks USING gin (search_tsv);

-- Documents
CREATE INDEX idx_documents_contact_id ON documents (workspace_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX idx_documents_account_id ON documents (workspace_id, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX idx_documents_opportunity_id ON documents (workspace_id, opportunity_id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX idx_documents_case_id ON documents (workspace_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX idx_documents_uploaded_by_id ON documents (workspace_id, uploaded_by_id);
CREATE INDEX idx_documents_attachment_id ON documents (workspace_id, attachment_id);
CREATE INDEX idx_documents_content_tsv ON documents USING gin (content_tsv);

CREATE INDEX idx_documents_embedding_bits ON documents (workspace_id, embedding_model)
  INCLUDE (id, embedding_bits) WHERE embedding_bits IS NOT NULL AND deleted_at IS NULL;

CREATE INDEX idx_documents_embedding_hnsw ON documents
  USING hnsw (embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE embedding_indexed;
CREATE INDEX idx_documents_embedding_unindexed ON documents (workspace_id, id)
  WHERE embedding IS NOT NULL AND NOT embedding_indexed;

-- Passages
CREATE INDEX idx_passages_embedding_bits ON passages (workspace_id, embedding_model)
  INCLUDE (id, embedding_bits) WHERE embedding_bits IS NOT NULL;

CREATE INDEX idx_passages_embedding_hnsw ON passages
  USING hnsw (embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE embedding_indexed;
CREATE INDEX idx_passages_embedding_unindexed ON passages (workspace_id, id)
  WHERE embedding IS NOT NULL AND NOT embedding_indexed;

RESET ROLE;
