/* ledger.c - the run ledger over SQLite. In: digests. Out: rows; digests again. */
#include "batch/ledger.h"

#include "base/file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BUSY_WAIT_MS = 5000, BUSY_PAUSE_MS = 20, SCHEMA_VERSION = 1 };

struct ledger {
    sqlite3 *db;
    str path;
    arena *a;
    int64_t run;
    sqlite3_stmt *draft, *signal, *forget;
};

static const char schema[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS run (id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, started TEXT NOT "
    "NULL,"
    " finished TEXT, version TEXT NOT NULL, rules TEXT NOT NULL, manifest TEXT NOT NULL, drafts INTEGER);"
    "CREATE INDEX IF NOT EXISTS run_key ON run (key);"
    "CREATE TABLE IF NOT EXISTS draft (id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run, path BLOB NOT NULL,"
    " content TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL, style TEXT NOT NULL, verdict TEXT NOT NULL,"
    " score REAL, minimum REAL, words INTEGER, frontmatter INTEGER, claims INTEGER, supported INTEGER,"
    " contradicted INTEGER, unverified INTEGER, waived INTEGER, error TEXT NOT NULL, findings TEXT NOT NULL,"
    " claim_list TEXT NOT NULL, UNIQUE (run, path));"
    "CREATE TABLE IF NOT EXISTS signal (draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE, id TEXT NOT NULL,"
    " value REAL NOT NULL, points REAL NOT NULL, PRIMARY KEY (draft, id)) WITHOUT ROWID;"
    "PRAGMA user_version = 1; COMMIT";

static int failed(ledger *l, const char *what, error *e) {
    int code = sqlite3_extended_errcode(l->db);
    const char *hint = (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED
                           ? "; another process holds it: wait for that, or use another --db"
                       : (code & 0xff) == SQLITE_FULL    ? "; make room and run again: what was recorded is kept"
                       : (code & 0xff) == SQLITE_NOTADB  ? "; give --db a new name"
                       : (code & 0xff) == SQLITE_CORRUPT ? "; move it away and run again"
                                                         : "";
    return error_at(e, ERROR_IO, l->path, 0, 0, "cannot %s: %s%s", what, sqlite3_errmsg(l->db), hint);
}

static int run_sql(ledger *l, const char *sql, const char *what, error *e) {
    return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK ? ERROR_NONE : failed(l, what, e);
}

static int prepare(ledger *l, const char *sql, sqlite3_stmt **out, error *e) {
    return sqlite3_prepare_v3(l->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) == SQLITE_OK
               ? ERROR_NONE
               : failed(l, "use the ledger", e);
}

static void bind_str(sqlite3_stmt *statement, int index, str text) {
    sqlite3_bind_text(statement, index, text.n ? (const char *)text.p : "", (int)text.n, SQLITE_STATIC);
}

static void bind_path(sqlite3_stmt *statement, int index, str path) {
    sqlite3_bind_blob(statement, index, path.n ? (const void *)path.p : "", (int)path.n, SQLITE_STATIC);
}

static int check_version(ledger *l, int *found, error *e) {
    sqlite3_stmt *statement;
    int status = prepare(l, "PRAGMA user_version", &statement, e);
    if (status) return status;
    int version = *found = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -1;
    sqlite3_finalize(statement);
    if (version < 0) return failed(l, "read the ledger", e);
    if (version > SCHEMA_VERSION)
        return error_at(e, ERROR_SUPPORT, l->path, 0, 0, "a ledger of version %d; this assay knows version %d", version,
                        SCHEMA_VERSION);
    return ERROR_NONE;
}

/* The journal is changed by one process at a time, and whoever comes second is told that the file is locked at once,
 * whatever the waiting time. */
static int set_journal(ledger *l, error *e) {
    const struct timespec pause = {.tv_nsec = BUSY_PAUSE_MS * 1000000};
    int code = SQLITE_BUSY;
    for (int waited = 0; (code & 0xff) == SQLITE_BUSY && waited <= BUSY_WAIT_MS; waited += BUSY_PAUSE_MS) {
        if (waited) nanosleep(&pause, NULL);
        code = sqlite3_exec(l->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;",
                            NULL, NULL, NULL);
    }
    return code == SQLITE_OK ? ERROR_NONE : failed(l, "open the ledger", e);
}

static bool has_drafts_column(ledger *l) {
    return sqlite3_table_column_metadata(l->db, NULL, "run", "drafts", NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

/* A ledger that is there is only read for this: opening it waits for nobody who writes. One of an earlier program gets
 * the column that it lacks, by whoever comes first. */
static int make_schema(ledger *l, int version, error *e) {
    int status = version == 0 ? run_sql(l, schema, "prepare the ledger", e) : ERROR_NONE;
    if (status) sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    if (status || has_drafts_column(l)) return status;
    status = run_sql(l, "ALTER TABLE run ADD COLUMN drafts INTEGER", "prepare the ledger", e);
    return status && has_drafts_column(l) ? ERROR_NONE : status;
}

int ledger_open(const char *path, ledger **out, error *e) {
    *out = NULL;
    ledger *l = calloc(1, sizeof *l);
    if (!l) return error_set(e, ERROR_MEMORY, "out of memory");
    l->a = arena_new(0);
    l->path = l->a ? arena_str(l->a, str_from_cstr(path)) : (str){0};
    int status = ERROR_NONE, version = 0;
    if (sqlite3_open_v2(path, &l->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        status = l->db ? failed(l, "open the ledger", e) : error_set(e, ERROR_MEMORY, "out of memory");
    if (!status) sqlite3_busy_timeout(l->db, BUSY_WAIT_MS);
    if (!status) status = check_version(l, &version, e);
    if (!status) status = set_journal(l, e);
    if (!status) status = make_schema(l, version, e);
    if (!status)
        status =
            prepare(l,
                    "INSERT INTO draft (run, path, content, model, prompt, style, verdict, score, minimum, words,"
                    " frontmatter, claims, supported, contradicted, unverified, waived, error, findings, claim_list)"
                    " VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19)",
                    &l->draft, e);
    if (!status) status = prepare(l, "INSERT INTO signal VALUES (?1,?2,?3,?4)", &l->signal, e);
    if (!status) status = prepare(l, "DELETE FROM draft WHERE run = ?1 AND path = ?2", &l->forget, e);
    if (status) {
        ledger_close(l);
        return status;
    }
    *out = l;
    return ERROR_NONE;
}

void ledger_close(ledger *l) {
    if (!l) return;
    sqlite3_finalize(l->draft);
    sqlite3_finalize(l->signal);
    sqlite3_finalize(l->forget);
    sqlite3_close(l->db); /* rolls back what was not committed */
    arena_free(l->a);
    free(l);
}

static void now_text(char out[32]) {
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* The unfinished run of this key (and of the name, where one was given), with the number of its drafts; 0 when there is
 * none. */
static int find_unfinished(ledger *l, const ledger_run *begun, size_t *drafts, error *e) {
    sqlite3_stmt *statement;
    int status = prepare(l,
                         "SELECT id, (SELECT count(*) FROM draft WHERE run = run.id) FROM run"
                         " WHERE key = ?1 AND finished IS NULL AND (?2 = 0 OR name = ?3) ORDER BY id DESC LIMIT 1",
                         &statement, e);
    if (status) return status;
    bind_str(statement, 1, begun->key);
    sqlite3_bind_int(statement, 2, begun->named);
    bind_str(statement, 3, begun->name);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW) {
        l->run = sqlite3_column_int64(statement, 0);
        *drafts = (size_t)sqlite3_column_int64(statement, 1);
    }
    sqlite3_finalize(statement);
    return step == SQLITE_ROW || step == SQLITE_DONE ? ERROR_NONE : failed(l, "read the ledger", e);
}

static int add_run(ledger *l, const ledger_run *begun, error *e) {
    sqlite3_stmt *statement;
    char started[32];
    now_text(started);
    int status = prepare(l,
                         "INSERT INTO run (key, name, started, version, rules, manifest, drafts)"
                         " VALUES (?1,?2,?3,?4,?5,?6,?7)",
                         &statement, e);
    if (status) return status;
    bind_str(statement, 1, begun->key);
    bind_str(statement, 2, begun->name);
    bind_str(statement, 3, str_from_cstr(started));
    bind_str(statement, 4, begun->version);
    bind_str(statement, 5, begun->rules);
    bind_str(statement, 6, begun->manifest);
    sqlite3_bind_int64(statement, 7, (sqlite3_int64)begun->drafts);
    if (sqlite3_step(statement) != SQLITE_DONE) status = failed(l, "begin a run", e);
    sqlite3_finalize(statement);
    l->run = sqlite3_last_insert_rowid(l->db);
    return status;
}

int ledger_begin(ledger *l, const ledger_run *begun, size_t *resumed, error *e) {
    l->run = 0;
    *resumed = 0;
    int status = run_sql(l, "BEGIN IMMEDIATE", "begin a run", e);
    if (!status) status = find_unfinished(l, begun, resumed, e);
    if (!status && !l->run) status = add_run(l, begun, e);
    if (!status) status = run_sql(l, "COMMIT; BEGIN IMMEDIATE", "begin a run", e);
    return status;
}

static int record_signals(ledger *l, const digest *d, error *e) {
    int64_t draft = sqlite3_last_insert_rowid(l->db);
    for (int id = 0; id < SIGNAL_COUNT && d->judged; id++) {
        sqlite3_reset(l->signal);
        sqlite3_bind_int64(l->signal, 1, draft);
        sqlite3_bind_text(l->signal, 2, signal_name((enum signal_id)id), -1, SQLITE_STATIC);
        sqlite3_bind_double(l->signal, 3, d->signals[id]);
        sqlite3_bind_double(l->signal, 4, d->points[id]);
        if (sqlite3_step(l->signal) != SQLITE_DONE) return failed(l, "record a signal", e);
    }
    return ERROR_NONE;
}

int ledger_record(ledger *l, const digest *d, error *e) {
    sqlite3_reset(l->forget);
    sqlite3_bind_int64(l->forget, 1, l->run);
    bind_path(l->forget, 2, d->path);
    if (sqlite3_step(l->forget) != SQLITE_DONE) return failed(l, "record a draft", e);
    sqlite3_stmt *s = l->draft;
    sqlite3_reset(s);
    sqlite3_bind_int64(s, 1, l->run);
    bind_path(s, 2, d->path);
    sqlite3_bind_text(s, 3, d->content.text, -1, SQLITE_STATIC);
    bind_str(s, 4, d->model);
    bind_str(s, 5, d->prompt);
    bind_str(s, 6, d->style);
    sqlite3_bind_text(s, 7, !d->judged ? "error" : d->passed ? "pass" : "fail", -1, SQLITE_STATIC);
    sqlite3_bind_double(s, 8, d->score);
    sqlite3_bind_double(s, 9, d->minimum);
    const uint32_t counts[] = {d->words,        d->frontmatter_ok, d->claims, d->supported,
                               d->contradicted, d->unverified,     d->waived};
    for (int i = 0; i < 7; i++) sqlite3_bind_int64(s, 10 + i, counts[i]);
    bind_str(s, 17, d->problem);
    bind_str(s, 18, d->findings_json);
    bind_str(s, 19, d->claims_json);
    if (sqlite3_step(s) != SQLITE_DONE) return failed(l, "record a draft", e);
    return record_signals(l, d, e);
}

int ledger_commit(ledger *l, error *e) { return run_sql(l, "COMMIT; BEGIN IMMEDIATE", "commit", e); }

int ledger_finish(ledger *l, error *e) {
    char sql[120], finished[32];
    now_text(finished);
    snprintf(sql, sizeof sql, "UPDATE run SET finished = '%s' WHERE id = %lld; COMMIT", finished, (long long)l->run);
    return run_sql(l, sql, "finish the run", e);
}

/* ---- reading back ---------------------------------------------------------------------------------------------- */

static str column_str(arena *a, sqlite3_stmt *s, int column) {
    const void *bytes = sqlite3_column_blob(s, column);
    return arena_str(a, str_make(bytes ? bytes : "", (size_t)sqlite3_column_bytes(s, column)));
}

static int find_run(ledger *l, arena *a, str wanted, digest_list *out, error *e) {
    sqlite3_stmt *statement;
    int64_t number = 0;
    bool numbered = str_to_i64(wanted, &number);
    int status =
        prepare(l,
                "SELECT id, name, finished IS NOT NULL, drafts FROM run WHERE ?1 = '' OR name = ?1 OR (?2 AND id = ?3)"
                " ORDER BY id DESC LIMIT 1",
                &statement, e);
    if (status) return status;
    bind_str(statement, 1, wanted);
    sqlite3_bind_int(statement, 2, numbered);
    sqlite3_bind_int64(statement, 3, number);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        l->run = sqlite3_column_int64(statement, 0);
        out->run_name = column_str(a, statement, 1);
        out->finished = sqlite3_column_int(statement, 2);
        out->planned = (size_t)sqlite3_column_int64(statement, 3);
    } else {
        status = error_at(e, ERROR_USAGE, l->path, 0, 0, "no run is called '%.*s'", STR_ARG(wanted));
    }
    sqlite3_finalize(statement);
    return status;
}

static void read_signals(sqlite3_stmt *statement, int64_t draft, digest *d) {
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, draft);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        for (int id = 0; name && id < SIGNAL_COUNT; id++)
            if (strcmp(name, signal_name((enum signal_id)id)) == 0) {
                d->signals[id] = sqlite3_column_double(statement, 1);
                d->points[id] = sqlite3_column_double(statement, 2);
            }
    }
}

int ledger_read(ledger *l, arena *a, str wanted, digest_list *out, error *e) {
    int status = find_run(l, a, wanted, out, e);
    return status ? status : ledger_recorded(l, a, out, e);
}

int ledger_recorded(ledger *l, arena *a, digest_list *out, error *e) {
    sqlite3_stmt *drafts = NULL, *signals = NULL;
    int status =
        prepare(l,
                "SELECT id, path, content, model, prompt, style, verdict, score, minimum, words, frontmatter, claims,"
                " supported, contradicted, unverified, waived, error FROM draft WHERE run = ?1 ORDER BY path",
                &drafts, e);
    if (!status) status = prepare(l, "SELECT id, value, points FROM signal WHERE draft = ?1", &signals, e);
    if (!status) sqlite3_bind_int64(drafts, 1, l->run);
    int step = SQLITE_DONE;
    while (!status && (step = sqlite3_step(drafts)) == SQLITE_ROW) {
        digest d = {.path = column_str(a, drafts, 1),
                    .model = column_str(a, drafts, 3),
                    .prompt = column_str(a, drafts, 4),
                    .style = column_str(a, drafts, 5)};
        const char *verdict = (const char *)sqlite3_column_text(drafts, 6);
        const char *content = (const char *)sqlite3_column_text(drafts, 2);
        d.judged = verdict && strcmp(verdict, "error") != 0;
        d.passed = verdict && strcmp(verdict, "pass") == 0;
        if (content) snprintf(d.content.text, sizeof d.content.text, "%s", content);
        d.score = sqlite3_column_double(drafts, 7);
        d.minimum = sqlite3_column_double(drafts, 8);
        d.words = (uint32_t)sqlite3_column_int64(drafts, 9);
        d.frontmatter_ok = sqlite3_column_int(drafts, 10);
        d.claims = (uint32_t)sqlite3_column_int64(drafts, 11);
        d.supported = (uint32_t)sqlite3_column_int64(drafts, 12);
        d.contradicted = (uint32_t)sqlite3_column_int64(drafts, 13);
        d.unverified = (uint32_t)sqlite3_column_int64(drafts, 14);
        d.waived = (uint32_t)sqlite3_column_int64(drafts, 15);
        d.problem = column_str(a, drafts, 16);
        read_signals(signals, sqlite3_column_int64(drafts, 0), &d);
        if (!VEC_PUSH(a, out, d)) status = error_set(e, ERROR_MEMORY, "out of memory");
    }
    if (!status && step != SQLITE_DONE) status = failed(l, "read the ledger", e);
    sqlite3_finalize(drafts);
    sqlite3_finalize(signals);
    return status;
}
