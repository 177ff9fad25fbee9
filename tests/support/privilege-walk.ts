import type { Client } from "pg";
import { type Action, CALLERS, type Caller, type Rule } from "./privilege-rules";

/** A table, view, sequence or function of the migrations; `name` is as in the rules: functions end in `()`. */
export interface DatabaseObject {
  name: string;
  /** As SQL names it: a function with its signature. */
  identity: string;
  kind: "table" | "view" | "sequence" | "function";
  /** Of a function: the types of its arguments. */
  arguments: string[];
  argumentNames: string[];
  /** Of a table: its first column. */
  column: string | null;
  /** Of a function: runs with the owner's rights. */
  actsAsOwner: boolean;
}

/** Everything outside the system's schemas that no extension brought, by identity. */
export async function listObjects(sql: Client): Promise<Map<string, DatabaseObject>> {
  const { rows } = await sql.query<DatabaseObject>(`
    select c.relname as name, format('%I.%I', n.nspname, c.relname) as identity,
      case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'view' else 'table' end as kind,
      '{}'::text[] as arguments, '{}'::text[] as "argumentNames", false as "actsAsOwner",
      (select quote_ident(attname) from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
       order by attnum limit 1) as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') and n.nspname !~ '^(pg_|information_schema|supabase_migrations)'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    union all
    select p.proname || '()', p.oid::regprocedure::text, 'function',
      array(select t::regtype::text from unnest(p.proargtypes) with ordinality as a (t, place) order by place),
      coalesce(p.proargnames[1:p.pronargs], '{}'), p.prosecdef, null
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prokind in ('f', 'p', 'a', 'w') and n.nspname !~ '^(pg_|information_schema|supabase_migrations)'
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by 3, 1`);
  return new Map(rows.map((row) => [row.identity, row]));
}

/** Tries everything on every object as everybody. Returns a sentence for each thing that is not as the rules say. */
export async function walk(
  sql: Client,
  objects: readonly DatabaseObject[],
  rules: ReadonlyMap<string, Rule>,
  claims: Record<Caller, Record<string, string>>,
): Promise<string[]> {
  const found: string[] = [];
  for (const object of objects) {
    const rule = rules.get(object.name);
    if (!rule) found.push(`${object.kind} ${object.identity} has no rule`);
    for (const caller of CALLERS) {
      for (const [action, statement] of Object.entries(attempts(object)) as [Action, string][]) {
        const may = await isAllowed(sql, object, caller, claims[caller], statement);
        const should = rule?.[caller]?.includes(action) ?? false;
        // The server may do more than it needs: hosted projects grant it everything.
        if (may === should || (may && caller === "service_role")) continue;
        found.push(`${caller} ${may ? "can" : "cannot"} ${action} ${object.identity}`);
      }
      if (!rule?.[caller] && (await holdsMore(sql, object, caller)))
        found.push(`${caller} holds privileges on ${object.identity}`);
    }
  }
  const names = new Set(objects.map((object) => object.name));
  for (const name of rules.keys()) if (!names.has(name)) found.push(`the rule for ${name} has no object`);
  return found;
}

function attempts({ kind, identity, column, ...object }: DatabaseObject): Partial<Record<Action, string>> {
  if (kind === "sequence")
    return { use: `select nextval('${identity}')`, select: `select * from ${identity}` };
  if (kind === "function") {
    const values = object.arguments.map((type) => `null::${type}`);
    return { execute: `select ${identity.split("(")[0]}(${values.join()})` };
  }
  return {
    select: `select * from ${identity} limit 1`,
    insert: `insert into ${identity} default values`,
    update: `update ${identity} set ${column} = default where false`,
    delete: `delete from ${identity} where false`,
    truncate: `truncate ${identity}`,
  };
}

const INSUFFICIENT_PRIVILEGE = "42501";
/** What no privilege would let pass: writing to a view that takes no rows, calling a trigger by name. */
const IMPOSSIBLE = { table: [], sequence: [], view: ["42809", "55000", "0A000"], function: ["0A000"] };

/** Whether privileges and policies let the statement pass; what else becomes of it does not matter, it is undone. */
async function isAllowed(
  sql: Client,
  { kind, name }: DatabaseObject,
  caller: Caller,
  claims: Record<string, string>,
  statement: string,
): Promise<boolean> {
  const role = roleOf(caller);
  await sql.query(`begin; set local role ${role}`);
  await sql.query("select set_config('request.jwt.claims', $1, true)", [JSON.stringify({ role, ...claims })]);
  try {
    await sql.query(statement);
    return true;
  } catch (error) {
    const { code = "", message } = error as { code?: string; message: string };
    if (IMPOSSIBLE[kind].some((impossible) => impossible === code)) return false;
    if (code !== INSUFFICIENT_PRIVILEGE) return true;
    // A function that was entered and then refused a table is open; the server must reach its tables too.
    return kind === "function" && role !== "service_role" && !message.endsWith(` ${name.slice(0, -2)}`);
  } finally {
    await sql.query("rollback");
  }
}

/** Whether something is granted that no attempt shows: a column, or the right to hang something on a table. */
async function holdsMore(sql: Client, { kind, identity }: DatabaseObject, caller: Caller): Promise<boolean> {
  if (kind === "function" || kind === "sequence") return false;
  const { rows } = await sql.query<{ more: boolean }>(
    `select has_table_privilege($1, $2::regclass, 'references, trigger, maintain')
       or has_any_column_privilege($1, $2::regclass, 'select, insert, update, references') as more`,
    [roleOf(caller), identity],
  );
  return rows[0]?.more ?? false;
}

function roleOf(caller: Caller): string {
  return caller === "anon" || caller === "service_role" ? caller : "authenticated";
}
