-- Figures for dashboards, computed beforehand. A materialized view knows no row-level security, so these have no grants at
-- all: each is served by a function that applies the caller's scope and says how old the figures are.
SET LOCAL ROLE satchel_owner;

CREATE TABLE satchel.report_refreshes (
  report text PRIMARY KEY,
  refreshed_at timestamptz NOT NULL,
  took interval NOT NULL
);

-- Live deals by person and stage, with what they are worth at the stage's or their own probability.
CREATE MATERIALIZED VIEW satchel.pipeline_by_stage AS
SELECT o.workspace_id, o.owner_id, o.stage, coalesce(o.currency, w.currency) AS currency,
  count(*) AS deals,
  coalesce(sum(o.amount), 0) AS amount,
  coalesce(sum(o.amount * coalesce(o.probability, s.probability)), 0) AS weighted_amount
FROM public.opportunities AS o
JOIN public.workspaces AS w ON w.id = o.workspace_id
JOIN public.pipeline_stages AS s ON s.workspace_id = o.workspace_id AND s.id = o.pipeline_stage_id
WHERE o.deleted_at IS NULL
GROUP BY o.workspace_id, o.owner_id, o.stage, coalesce(o.currency, w.currency)
WITH NO DATA;
CREATE UNIQUE INDEX idx_pipeline_by_stage ON satchel.pipeline_by_stage (workspace_id, owner_id, stage, currency) NULLS NOT DISTINCT;

-- Revenue by person and month: people, deals, accounts and contacts joined beforehand.
CREATE MATERIALIZED VIEW satchel.sales_dashboard_view AS
SELECT o.workspace_id, o.owner_id, u.full_name AS owner_name, u.team_id,
  date_trunc('month', coalesce(o.close_date::timestamp, o.closed_at AT TIME ZONE w.timezone))::date AS month,
  coalesce(o.currency, w.currency) AS currency,
  count(*) FILTER (WHERE o.stage = 'closed_won') AS won,
  count(*) FILTER (WHERE o.stage = 'closed_lost') AS lost,
  coalesce(sum(o.amount) FILTER (WHERE o.stage = 'closed_won'), 0) AS won_amount,
  count(DISTINCT a.id) FILTER (WHERE o.stage = 'closed_won') AS accounts_won,
  count(DISTINCT c.id) FILTER (WHERE o.stage = 'closed_won') AS contacts_won
FROM public.opportunities AS o
JOIN public.workspaces AS w ON w.id = o.workspace_id
LEFT JOIN public.users AS u ON u.workspace_id = o.workspace_id AND u.id = o.owner_id
LEFT JOIN public.accounts AS a ON a.workspace_id = o.workspace_id AND a.id = o.account_id
LEFT JOIN public.contacts AS c ON c.workspace_id = o.workspace_id AND c.id = o.contact_id
WHERE o.deleted_at IS NULL AND o.stage IN ('closed_won', 'closed_lost')
GROUP BY 1, 2, 3, 4, 5, 6
WITH NO DATA;
CREATE UNIQUE INDEX idx_sales_dashboard_view ON satchel.sales_dashboard_view (workspace_id, owner_id, month, currency) NULLS NOT DISTINCT;

-- How far deals come, by person and the month they were created. A deal has reached the furthest stage it ever stood in
-- and every stage that the workspace puts before it, also those it jumped over or was imported beyond: only so is the
-- ratio of two neighbours a rate of conversion. A won deal has reached them all; a lost one counts once more as lost.
CREATE MATERIALIZED VIEW satchel.stage_conversion AS
-- Where each pipeline puts the stages of a kind: at the first of them.
WITH kinds AS (
  SELECT s.workspace_id, s.pipeline_id, s.kind, min(s.position) AS position
  FROM public.pipeline_stages AS s
  WHERE s.deleted_at IS NULL
  GROUP BY 1, 2, 3
), furthest AS (
  SELECT o.workspace_id, o.owner_id, o.id, o.pipeline_id, o.stage,
    date_trunc('month', o.created_at AT TIME ZONE w.timezone)::date AS month,
    max(k.position) FILTER (WHERE h.to_stage NOT IN ('closed_won', 'closed_lost')) AS position
  FROM public.opportunities AS o
  JOIN public.workspaces AS w ON w.id = o.workspace_id
  LEFT JOIN public.opportunity_stage_history AS h ON h.workspace_id = o.workspace_id AND h.opportunity_id = o.id
  LEFT JOIN kinds AS k ON k.workspace_id = o.workspace_id AND k.pipeline_id = o.pipeline_id AND k.kind = h.to_stage
  WHERE o.deleted_at IS NULL
  GROUP BY o.workspace_id, o.id, w.timezone
)
SELECT f.workspace_id, f.owner_id, f.month, k.kind AS stage, count(*) AS deals
FROM furthest AS f
JOIN kinds AS k ON k.workspace_id = f.workspace_id AND k.pipeline_id = f.pipeline_id AND CASE k.kind
  WHEN 'closed_won' THEN f.stage = 'closed_won'
  WHEN 'closed_lost' THEN f.stage = 'closed_lost'
  ELSE f.stage = 'closed_won' OR k.position <= f.position
END
GROUP BY 1, 2, 3, 4
WITH NO DATA;
CREATE UNIQUE INDEX idx_stage_conversion ON satchel.stage_conversion (workspace_id, owner_id, month, stage) NULLS NOT DISTINCT;

-- What becomes of leads, by person, where they came from and the month they came in.
CREATE MATERIALIZED VIEW satchel.lead_conversion AS
SELECT l.workspace_id, l.owner_id, date_trunc('month', l.created_at AT TIME ZONE w.timezone)::date AS month, l.source,
  count(*) AS leads,
  count(*) FILTER (WHERE l.status = 'converted') AS converted,
  count(*) FILTER (WHERE l.status = 'converted' AND o.id IS NOT NULL) AS with_deal,
  count(*) FILTER (WHERE l.status = 'converted' AND o.stage = 'closed_won') AS won
FROM public.leads AS l
JOIN public.workspaces AS w ON w.id = l.workspace_id
LEFT JOIN public.opportunities AS o
  ON o.workspace_id = l.workspace_id AND o.id = l.converted_opportunity_id AND o.deleted_at IS NULL
WHERE l.deleted_at IS NULL
GROUP BY 1, 2, 3, 4
WITH NO DATA;
CREATE UNIQUE INDEX idx_lead_conversion ON satchel.lead_conversion (workspace_id, owner_id, month, source) NULLS NOT DISTINCT;

-- What people did in the last thirteen months, by type. No further back, so that a refresh reads few partitions: by the
-- widest of the time zones, whose first hours belong to the month before elsewhere.
CREATE MATERIALIZED VIEW satchel.activity_by_month AS
SELECT a.workspace_id, a.user_id, date_trunc('month', a.occurred_at AT TIME ZONE w.timezone)::date AS month, a.type,
  count(*) AS activities, coalesce(sum(a.duration_minutes), 0) AS minutes
FROM public.activities AS a
JOIN public.workspaces AS w ON w.id = a.workspace_id
WHERE a.deleted_at IS NULL AND a.occurred_at < now()
  AND a.occurred_at >= (date_trunc('month', now() AT TIME ZONE 'UTC') - interval '12 months') AT TIME ZONE 'UTC' - interval '14 hours'
  AND a.occurred_at >= (date_trunc('month', now() AT TIME ZONE w.timezone) - interval '12 months') AT TIME ZONE w.timezone
GROUP BY 1, 2, 3, 4
WITH NO DATA;
CREATE UNIQUE INDEX idx_activity_by_month ON satchel.activity_by_month (workspace_id, user_id, month, type) NULLS NOT DISTINCT;

-- What open deals should bring, by person and the month they are expected to close in.
CREATE MATERIALIZED VIEW satchel.forecast_by_month AS
SELECT o.workspace_id, o.owner_id, date_trunc('month', o.close_date::timestamp)::date AS month,
  coalesce(o.currency, w.currency) AS currency, count(*) AS deals, coalesce(sum(o.amount), 0) AS amount,
  coalesce(sum(o.amount * coalesce(o.probability, s.probability)), 0) AS weighted_amount
FROM public.opportunities AS o
JOIN public.workspaces AS w ON w.id = o.workspace_id
JOIN public.pipeline_stages AS s ON s.workspace_id = o.workspace_id AND s.id = o.pipeline_stage_id
WHERE o.deleted_at IS NULL AND o.stage NOT IN ('closed_won', 'closed_lost')
GROUP BY 1, 2, 3, 4
WITH NO DATA;
CREATE UNIQUE INDEX idx_forecast_by_month ON satchel.forecast_by_month (workspace_id, owner_id, month, currency) NULLS NOT DISTINCT;

-- Refreshes one report. The workspace is unset meanwhile: a refresh sees what its owner sees, and must see them all.
CREATE FUNCTION satchel.refresh_report(report text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  started timestamptz := clock_timestamp();
  workspace text := coalesce(satchel.workspace_id()::text, '');
BEGIN
  IF NOT EXISTS (SELECT FROM pg_matviews WHERE schemaname = 'satchel' AND matviewname = report) THEN
    RAISE EXCEPTION 'There is no report %', report USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM set_config('satchel.workspace_id', '', true);
  EXECUTE format('REFRESH MATERIALIZED VIEW satchel.%I', report);
  PERFORM set_config('satchel.workspace_id', workspace, true);
  INSERT INTO satchel.report_refreshes AS r (report, refreshed_at, took)
  VALUES (report, started, clock_timestamp() - started)
  ON CONFLICT ON CONSTRAINT report_refreshes_pkey DO UPDATE SET refreshed_at = excluded.refreshed_at, took = excluded.took;
END
$$;

-- When a report was last refreshed; null for never.
CREATE FUNCTION satchel.report_age(report text) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT r.refreshed_at FROM satchel.report_refreshes AS r WHERE r.report = $1 $$;

-- Whether the caller may see a person's figures in reports.
CREATE FUNCTION satchel.report_people(permission text, OUT everybody boolean, OUT people uuid[])
LANGUAGE sql STABLE
AS $$
  SELECT satchel.can('report:read') AND satchel.reaches_all(permission),
    CASE WHEN satchel.can('report:read') THEN satchel.reached_owners(permission) ELSE '{}' END
$$;

CREATE FUNCTION satchel.report_pipeline()
RETURNS TABLE (owner_id uuid, stage opportunity_stage, currency text, deals bigint, amount numeric, weighted_amount numeric)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT r.owner_id, r.stage, r.currency, r.deals, r.amount, r.weighted_amount
  FROM satchel.pipeline_by_stage AS r, satchel.report_people('opportunity:read') AS scope
  WHERE r.workspace_id = satchel.current_workspace() AND (scope.everybody OR r.owner_id = ANY (scope.people))
$$;

CREATE FUNCTION satchel.report_sales(from_month date, to_month date)
RETURNS TABLE (owner_id uuid, owner_name text, team_id uuid, month date, currency text, won bigint, lost bigint,
  won_amount numeric, accounts_won bigint, contacts_won bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT r.owner_id, r.owner_name, r.team_id, r.month, r.currency, r.won, r.lost, r.won_amount, r.accounts_won, r.contacts_won
  FROM satchel.sales_dashboard_view AS r, satchel.report_people('opportunity:read') AS scope
  WHERE r.workspace_id = satchel.current_workspace() AND r.month BETWEEN from_month AND to_month
    AND (scope.everybody OR r.owner_id = ANY (scope.people))
$$;

CREATE FUNCTION satchel.report_conversion(from_month date, to_month date)
RETURNS TABLE (owner_id uuid, month date, stage opportunity_stage, deals bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT r.owner_id, r.month, r.stage, r.deals
  FROM satchel.stage_conversion AS r, satchel.report_people('opportunity:read') AS scope
  WHERE r.workspace_id = satchel.current_workspace() AND r.month BETWEEN from_month AND to_month
    AND (scope.everybody OR r.owner_id = ANY (scope.people))
$$;

CREATE FUNCTION satchel.report_lead_conversion(from_month date, to_month date)
RETURNS TABLE (owner_id uuid, month date, source text, leads bigint, converted bigint, with_deal bigint, won bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT r.owner_id, r.month, r.source, r.leads, r.converted, r.with_deal, r.won
  FROM satchel.lead_conversion AS r, satchel.report_people('lead:read') AS scope
  WHERE r.workspace_id = satchel.current_workspace() AND r.month BETWEEN from_month AND to_month
    AND (scope.everybody OR r.owner_id = ANY (scope.people))
$$;

CREATE FUNCTION satchel.report_activity(from_month date, to_month date)
RETURNS TABLE (user_id uuid, month date, type activity_type, activities bigint, minutes bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT r.user_id, r.month, r.type, r.activities, r.minutes
  FROM satchel.activity_by_month AS r, satchel.report_people('activity:read') AS scope
  WHERE r.workspace_id = satchel.current_workspace() AND r.month BETWEEN from_month AND to_month
    AND (scope.everybody OR r.user_id = ANY (scope.people))
$$;

CREATE FUNCTION satchel.report_forecast()
RETURNS TABLE (owner_id uuid, month date, currency text, deals bigint, amount numeric, weighted_amount numeric)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT r.owner_id, r.month, r.currency, r.deals, r.amount, r.weighted_amount
  FROM satchel.forecast_by_month AS r, satchel.report_people('opportunity:read') AS scope
  WHERE r.workspace_id = satchel.current_workspace() AND (scope.everybody OR r.owner_id = ANY (scope.people))
$$;

-- Filled once, empty, so that they can be read before the first refresh.
SELECT satchel.refresh_report(matviewname) FROM pg_matviews WHERE schemaname = 'satchel';

GRANT EXECUTE ON FUNCTION
  satchel.refresh_report(text), satchel.report_age(text), satchel.report_pipeline(), satchel.report_sales(date, date),
  satchel.report_conversion(date, date), satchel.report_lead_conversion(date, date), satchel.report_activity(date, date), satchel.report_forecast()
TO satchel_app;

INSERT INTO satchel.tables (name, mark) VALUES ('satchel.report_refreshes', 'local');

RESET ROLE;
