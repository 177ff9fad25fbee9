import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHostedDatabase, type HostedDatabase } from "@/tests/support/hosted-database";

/** What a customer may have in `public` already: plain things, one that acts for its owner, and a name of ours. */
const CUSTOMERS_OWN = `
  create table public.customer_orders (id bigint generated always as identity primary key, total numeric not null);
  create policy everybody_reads on public.customer_orders for select to anon using (true);
  alter table public.customer_orders enable row level security;
  insert into public.customer_orders (total) values (19), (23);
  create view public.customer_totals as select sum(total) as total from public.customer_orders;
  create function public.customer_total() returns numeric language sql as 'select sum(total) from public.customer_orders';
  create function public.customer_secret() returns text language sql security definer as 'select current_user::text';
  revoke all on function public.customer_secret() from public, anon, authenticated, service_role;
  create function public.read_ranking(p_theme integer) returns text language sql as $$ select 'the customer''s' $$;
`;

/** Everything that can be granted, set or hung on an object, of the objects named before. */
const STATE_OF_OBJECTS = `
  select 'relation' as kind, c.oid, c.relname as name, to_jsonb(c) - array['relpages', 'reltuples', 'relallvisible',
    'relallfrozen', 'relfrozenxid', 'relminmxid', 'relhastriggers', 'reltoastrelid'] as state
  from pg_class c where c.relnamespace in (select oid from pg_namespace where nspname !~ '^(pg_|supabase_migrations)')
  union all select 'function', p.oid, p.proname, to_jsonb(p) from pg_proc p
  union all select 'type', t.oid, t.typname, to_jsonb(t) from pg_type t
  union all select 'schema', n.oid, n.nspname, to_jsonb(n) from pg_namespace n where nspname !~ '^(pg_|supabase_migrations)'
  union all select 'trigger', t.oid, t.tgname, to_jsonb(t) from pg_trigger t
  union all select 'policy', p.oid, p.polname, to_jsonb(p) from pg_policy p
  union all select 'default privileges', d.oid, d.defaclobjtype::text, to_jsonb(d) from pg_default_acl d
  union all select 'role', r.oid, r.rolname, to_jsonb(r) from pg_roles r
  union all select 'role setting', s.setrole, s.setdatabase::text, to_jsonb(s) from pg_db_role_setting s
  union all select 'event trigger', e.oid, e.evtname, to_jsonb(e) from pg_event_trigger e
  union all select 'extension', e.oid, e.extname, to_jsonb(e) from pg_extension e
`;

describe.each(["everything", "nothing"] as const)("where new objects are granted %s", (grants) => {
  let database: HostedDatabase;
  let before: Map<string, unknown>;
  const state = async () =>
    new Map(
      (await database.sql.query(STATE_OF_OBJECTS)).rows.map((row) => [
        `${row.kind} ${row.name} ${row.oid}`,
        row.state,
      ]),
    );
  const asAnon = async (query: string) => {
    await database.sql.query("begin; set local role anon");
    try {
      return (await database.sql.query(query)).rows;
    } finally {
      await database.sql.query("rollback");
    }
  };

  beforeAll(async () => {
    database = await createHostedDatabase(grants);
    await database.sql.query(CUSTOMERS_OWN);
    await database.sql.query("grant select on public.customer_orders to anon");
    before = await state();
    await database.migrate();
  });
  afterAll(() => database?.close());

  it("the customer's own functions and tables answer anon after all migrations as before", async () => {
    expect(await asAnon("select public.customer_total() as total")).toEqual([{ total: "42" }]);
    expect(await asAnon("select public.read_ranking(1) as whose")).toEqual([{ whose: "the customer's" }]);
    expect(await asAnon("select total from public.customer_orders")).toHaveLength(2);
  });

  it("what the customer closed to the service role stays closed", async () => {
    const { rows } = await database.sql.query(
      "select has_function_privilege('service_role', 'public.customer_secret()', 'execute') as open",
    );
    expect(rows).toEqual([{ open: false }]);
  });

  it("no migration changes any object, role or default that was there before", async () => {
    const after = await state();
    const touched = [...before].filter(
      ([name, was]) => JSON.stringify(after.get(name)) !== JSON.stringify(was),
    );
    expect(touched.map(([name]) => name)).toEqual([]);
    expect(after.size).toBeGreaterThan(before.size);
  });
});

it("a function of the customer's with a name and arguments of ours stops the push, and stays as it is", async () => {
  const database = await createHostedDatabase("everything");
  try {
    await database.sql.query(
      "create function public.ranking_checksum(p_theme_id text) returns text language sql as $$ select 'mine' $$",
    );
    await expect(database.migrate()).rejects.toThrow(
      /_contest\.sql failed: .*"ranking_checksum" already exists/,
    );
    expect((await database.sql.query("select public.ranking_checksum('t') as whose")).rows).toEqual([
      { whose: "mine" },
    ]);
    expect((await database.sql.query("select to_regclass('public.themes') as half")).rows).toEqual([
      { half: null },
    ]);
  } finally {
    await database.close();
  }
});
