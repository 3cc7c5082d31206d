-- Idempotent; runs as the owner after the migrations. The product never connects as the owner.
GRANT USAGE ON SCHEMA public TO garda_web, garda_worker, garda_records;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO garda_web, garda_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO garda_records;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO garda_web, garda_worker;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO garda_web, garda_worker, garda_records;
REVOKE EXECUTE ON FUNCTION garda_ensure_partitions(date) FROM PUBLIC, garda_web, garda_records;

-- What is written once: the trail, score snapshots, citizens' words. Only the records role deletes.
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
      AND (c.relname IN ('score_snapshot', 'audit_payload', 'approval', 'approval_vote') OR c.relname LIKE 'audit\_event%')
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM garda_web, garda_worker', t);
    EXECUTE format('GRANT DELETE ON %I TO garda_records', t);
  END LOOP;
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname LIKE 'message%'
  LOOP
    EXECUTE format('REVOKE DELETE, TRUNCATE ON %I FROM garda_web, garda_worker', t);
    EXECUTE format('GRANT DELETE ON %I TO garda_records', t);
  END LOOP;
END $$;
REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM garda_web, garda_worker;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'pgboss') THEN
    GRANT USAGE ON SCHEMA pgboss TO garda_web, garda_worker;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO garda_web, garda_worker;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO garda_web, garda_worker;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA pgboss TO garda_web, garda_worker;
  END IF;
END $$;
