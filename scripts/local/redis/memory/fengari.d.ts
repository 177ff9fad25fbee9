/** The part of fengari, a Lua in JavaScript without types of its own, that `lua-state.ts` uses. */
declare module "fengari" {
  /** Lua text: bytes. */
  type LuaString = Uint8Array;
  /** An interpreter. */
  interface LuaState {
    readonly luaState: unique symbol;
  }
  type LuaFunction = (L: LuaState) => number;

  interface LuaDebug {
    currentline: number;
    source: LuaString | null;
  }

  const lua: {
    LUA_OK: number;
    LUA_REGISTRYINDEX: number;
    LUA_TNIL: number;
    LUA_TBOOLEAN: number;
    LUA_TNUMBER: number;
    LUA_TSTRING: number;
    LUA_TTABLE: number;
    lua_Debug: new () => LuaDebug;
    lua_createtable(L: LuaState, items: number, fields: number): void;
    lua_error(L: LuaState): never;
    lua_getfield(L: LuaState, index: number, name: LuaString): number;
    lua_getinfo(L: LuaState, what: LuaString, debug: LuaDebug): number;
    lua_getstack(L: LuaState, level: number, debug: LuaDebug): number;
    lua_gettop(L: LuaState): number;
    lua_pcall(L: LuaState, args: number, results: number, handler: number): number;
    lua_pushboolean(L: LuaState, value: boolean): void;
    lua_pushcfunction(L: LuaState, run: LuaFunction): void;
    lua_pushglobaltable(L: LuaState): void;
    lua_pushnil(L: LuaState): void;
    lua_pushnumber(L: LuaState, value: number): void;
    lua_pushstring(L: LuaState, text: LuaString): void;
    lua_rawget(L: LuaState, index: number): number;
    lua_rawgeti(L: LuaState, index: number, item: number): number;
    lua_rawset(L: LuaState, index: number): void;
    lua_rawseti(L: LuaState, index: number, item: number): void;
    lua_settop(L: LuaState, index: number): void;
    lua_setglobal(L: LuaState, name: LuaString): void;
    lua_toboolean(L: LuaState, index: number): boolean;
    lua_tonumber(L: LuaState, index: number): number;
    lua_tostring(L: LuaState, index: number): LuaString | null;
    lua_type(L: LuaState, index: number): number;
  };

  const lauxlib: {
    luaL_loadbuffer(L: LuaState, source: LuaString, length: number, name: LuaString): number;
    luaL_newstate(): LuaState;
    luaL_ref(L: LuaState, index: number): number;
    luaL_requiref(L: LuaState, name: LuaString, open: LuaFunction, isGlobal: boolean): void;
    luaL_unref(L: LuaState, index: number, reference: number): void;
  };

  const lualib: {
    luaopen_base: LuaFunction;
    luaopen_math: LuaFunction;
    luaopen_string: LuaFunction;
    luaopen_table: LuaFunction;
  };
}

declare module "fengari/src/lobject.js" {
  import type { LuaState } from "fengari";
  import type { InternedString } from "fengari/src/lstring.js";

  interface NumberSlot {
    readonly value: number;
    ttisinteger(): boolean;
    setfltvalue(value: number): void;
    setsvalue(text: InternedString): void;
  }

  const lobject: {
    luaO_str2num(text: Uint8Array, slot: NumberSlot): number;
    luaO_tostring(L: LuaState, slot: NumberSlot): void;
  };
  export default lobject;
}

declare module "fengari/src/lstring.js" {
  import type { LuaState } from "fengari";

  interface InternedString {
    readonly internedString: unique symbol;
  }

  const lstring: {
    luaS_bless(L: LuaState, text: Uint8Array): InternedString;
  };
  export default lstring;
}
