// Lean tables for any program that can call C: CSV files are read into the Arrow C data interface.
//
//     diet_error *error = NULL;
//     const char *paths[] = {"flights.csv"};
//     diet_table *table = diet_read_csv(paths, 1, "{\"decimal\": \",\"}", NULL, &error);
//     struct ArrowArrayStream stream;
//     if (table && diet_table_export_stream(table, &stream, &error)) { … stream.release(&stream); }
//     diet_table_free(table);
//
// All functions may be called from any thread, and block until they are done. A table and a report
// do not change: several threads may use one. What fails returns NULL or false and sets `*error`,
// unless `error` is NULL; nothing that is given to a function ends the process. Text is UTF-8.

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "CArrowData.h"

#ifdef __cplusplus
extern "C" {
#endif

#if !defined(__clang__)
#define _Nonnull
#define _Nullable
#endif

typedef struct diet_table diet_table;
typedef struct diet_report diet_report;
typedef struct diet_obstacle_report diet_obstacle_report;
typedef struct diet_profile diet_profile;
typedef struct diet_scan diet_scan;

// A text that the caller reads, as from behind a URL. `read_at` fills `bytes` with what stands at `offset`, `count`
// bytes or as many as there are, and gives how many, or less than 0 where that fails; it is called from any thread, by
// several at a time, until the call that it was given to returns.
typedef struct diet_source {
  int64_t byte_count;
  int64_t (*_Nonnull read_at)(
      void *_Nullable context, int64_t offset, uint8_t *_Nonnull bytes, int64_t count);
  void *_Nullable context;
} diet_source;
typedef struct diet_error diet_error;
typedef struct diet_cancellation diet_cancellation;

// What kind of fault an error is; the message says the rest.
typedef int32_t diet_error_code;
enum {
  // An argument or option that there is not, or that cannot have this value.
  DIET_ERROR_ARGUMENT = 1,
  DIET_ERROR_FILE_NOT_FOUND = 2,
  DIET_ERROR_IS_DIRECTORY = 3,
  DIET_ERROR_PERMISSION_DENIED = 4,
  // The system could not read or write a file.
  DIET_ERROR_SYSTEM = 5,
  // What was read is damaged, of a type that is not read, or not what the options say.
  DIET_ERROR_INPUT = 6,
  // Neither a column nor Arrow has a way to hold a value.
  DIET_ERROR_NOT_REPRESENTABLE = 7,
  // The caller has asked for it.
  DIET_ERROR_CANCELLED = 8,
};

// The version of the library: "0.1.0". Not to be freed.
const char *_Nonnull diet_version(void);

// How many objects were handed out and not yet freed: tables, reports, errors, and released by
// nobody: schemas, arrays (each child too) and streams. 0 when everything has been given back.
int64_t diet_live_object_count(void);

// The table in one or more CSV files of the same columns, or in files that have types (Arrow,
// Parquet). `options` is a JSON object or NULL; its keys are the options of the command `diet`, as
// `docs/options.md` spells them for programs: {"null_token": ["-"]}.
// `cancellation`, where there is one, ends the call early.
diet_table *_Nullable diet_read_csv(
    const char *_Nullable const *_Nullable paths, int64_t path_count,
    const char *_Nullable options, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);

// The table that another library has in memory, from a stream of its batches, which is released. Of
// the options, those apply that are neither about text nor about files: "columns", "threads", ….
// `name` is what reports and errors call the table.
diet_table *_Nullable diet_read_stream(
    struct ArrowArrayStream *_Nonnull stream, const char *_Nonnull name,
    const char *_Nullable options, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);

// Frees the table; what was exported of it stays valid.
void diet_table_free(diet_table *_Nullable table);

int64_t diet_table_row_count(const diet_table *_Nonnull table);
int64_t diet_table_column_count(const diet_table *_Nonnull table);

// The bytes that the columns take in memory.
int64_t diet_table_byte_count(const diet_table *_Nonnull table);

// Writes to `schema`, `stream` or `array` what its caller is to release. Columns whose memory is as
// Arrow wants it are shared, not copied.
bool diet_table_export_schema(
    const diet_table *_Nonnull table, struct ArrowSchema *_Nonnull schema,
    diet_error *_Nullable *_Nullable error);
bool diet_table_export_stream(
    const diet_table *_Nonnull table, struct ArrowArrayStream *_Nonnull stream,
    diet_error *_Nullable *_Nullable error);

// Writes to each of `streams`, of which there are as many as columns, the batches of one column: for
// consumers that keep the memory of a whole batch as long as they keep one column of it. `engine` is
// who computes with them, as in the command's `--for`, or NULL: polars gets integers of 32 bits whose
// rows may add up to more in 64.
bool diet_table_export_columns(
    const diet_table *_Nonnull table, const char *_Nullable engine,
    struct ArrowArrayStream *_Nonnull const *_Nonnull streams,
    diet_error *_Nullable *_Nullable error);

// A table computed of one or more, which stay as they are: of their lean columns, by what the JSON object `operation`
// says: {"do": "filter", "where": "price > 9"}. The operations and their keys are in `docs/python.md`.
diet_table *_Nullable diet_table_compute(
    const diet_table *_Nullable const *_Nullable tables, int64_t table_count,
    const char *_Nonnull operation, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);

// What is asked of them by the JSON object `question`, as JSON: {"ask": "sum", "column": "price"}. Values come with their
// type, exactly: {"type": "decimal", "values": ["12.30"]}. To be freed with `diet_text_free`.
char *_Nullable diet_table_answer(
    const diet_table *_Nullable const *_Nullable tables, int64_t table_count,
    const char *_Nonnull question, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);

// Writes the table to a file by the suffix of its name (`.parquet`, `.arrow`, `.arrows`, `.feather`, `.csv`), which
// appears complete or not at all. `compression` is `none`, `zstd` or NULL: what is usual.
bool diet_table_write(
    const diet_table *_Nonnull table, const char *_Nonnull path, const char *_Nullable compression,
    const diet_cancellation *_Nullable cancellation, diet_error *_Nullable *_Nullable error);

// Whether such a file has the values of the table, every one; the error names the first that differs.
bool diet_table_verify(
    const diet_table *_Nonnull table, const char *_Nonnull path,
    const diet_cancellation *_Nullable cancellation, diet_error *_Nullable *_Nullable error);

// Where the records of a file begin, as far as the bytes from `start` up to `end` tell.
diet_scan *_Nullable diet_scan_csv(
    const char *_Nonnull path, const diet_source *_Nullable source, int64_t start, int64_t end,
    const char *_Nullable options, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);

// The scan whose bytes these are, and its bytes, which are to be freed with `diet_text_free`.
diet_scan *_Nullable diet_scan_from_bytes(
    const uint8_t *_Nullable bytes, int64_t count, diet_error *_Nullable *_Nullable error);
uint8_t *_Nonnull diet_scan_bytes(const diet_scan *_Nonnull scan, int64_t *_Nonnull count);

// Scans of different bytes of one file put together; and what one says of the part that begins at `start`. All stay as
// they are.
diet_scan *_Nullable diet_scan_merge(
    const diet_scan *_Nonnull first, const diet_scan *_Nonnull second,
    diet_error *_Nullable *_Nullable error);
diet_scan *_Nonnull diet_scan_part(const diet_scan *_Nonnull scan, int64_t start);

void diet_scan_free(diet_scan *_Nullable scan);

// What is known of a part of a table: the records of one file of text that begin within the bytes from
// `start` up to `end`, which is not among them; INT64_MAX stands for the end of the file. A border may be
// anywhere, within quotes too. Where there is a `source` the text is read from there, and `path` is what it is called.
// `options` are those that say how text is read. A brief profile takes a fraction of the
// time: its columns are read as what they are in this part alone, which is enough as long as all parts are alike.
diet_profile *_Nullable diet_profile_csv(
    const char *_Nonnull path, const diet_source *_Nullable source, int64_t start, int64_t end,
    const diet_scan *_Nullable scan, bool is_brief, const char *_Nullable options, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);

// The profile whose bytes these are, and its bytes, which are the same however the table was cut; they are to
// be freed with `diet_text_free`.
diet_profile *_Nullable diet_profile_from_bytes(
    const uint8_t *_Nullable bytes, int64_t count, diet_error *_Nullable *_Nullable error);
uint8_t *_Nonnull diet_profile_bytes(
    const diet_profile *_Nonnull profile, int64_t *_Nonnull count);

// Two parts of one table put together; both stay as they are.
diet_profile *_Nullable diet_profile_merge(
    const diet_profile *_Nonnull first, const diet_profile *_Nonnull second,
    diet_error *_Nullable *_Nullable error);

void diet_profile_free(diet_profile *_Nullable profile);

int64_t diet_profile_row_count(const diet_profile *_Nonnull profile);
// Whether brief profiles were put together that are not alike: then all parts have to be profiled anew.
bool diet_profile_is_lacking(const diet_profile *_Nonnull profile);

// Of the profile of a whole table: what each column is, takes and needs, and the plan for all of its parts, as
// JSON, to be freed with `diet_text_free`. `options` say which layouts may be chosen.
diet_report *_Nullable diet_profile_report(
    const diet_profile *_Nonnull profile, const char *_Nullable options,
    diet_error *_Nullable *_Nullable error);
char *_Nullable diet_profile_plan(
    const diet_profile *_Nonnull profile, const char *_Nullable options,
    diet_error *_Nullable *_Nullable error);

// The plan of the table in CSV files, as JSON, to be freed with `diet_text_free`.
char *_Nullable diet_plan_csv(
    const char *_Nullable const *_Nullable paths, int64_t path_count,
    const char *_Nullable options, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);

// A part of a table as the plan of the whole says, which is JSON: read, or written to a file by the suffix of
// its name (`.parquet`, `.arrow`), which appears complete or not at all. `engine` is who the file is for, as in the
// command's `--for`, or NULL.
diet_table *_Nullable diet_read_csv_part(
    const char *_Nonnull path, const diet_source *_Nullable source, int64_t start, int64_t end,
    const diet_scan *_Nullable scan, const char *_Nonnull plan, const char *_Nullable options,
    const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);
bool diet_write_csv_part(
    const char *_Nonnull path, const diet_source *_Nullable source, int64_t start, int64_t end,
    const diet_scan *_Nullable scan, const char *_Nonnull plan, const char *_Nullable options,
    const char *_Nonnull output, const char *_Nullable engine,
    const diet_cancellation *_Nullable cancellation, diet_error *_Nullable *_Nullable error);

// What one thread gives to a call and another cancels: the call then ends with
// `DIET_ERROR_CANCELLED`, unless it is done before that. To be freed once the call has returned.
diet_cancellation *_Nonnull diet_cancellation_new(void);
void diet_cancellation_cancel(const diet_cancellation *_Nonnull cancellation);
void diet_cancellation_free(diet_cancellation *_Nullable cancellation);

// What each column of a table is, takes and needs.
diet_report *_Nullable diet_table_report(
    const diet_table *_Nonnull table, diet_error *_Nullable *_Nullable error);

// The same for CSV files, of which no values are kept.
diet_report *_Nullable diet_analyze_csv(
    const char *_Nullable const *_Nullable paths, int64_t path_count,
    const char *_Nullable options, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);

// The same for a table that another library has in memory.
diet_report *_Nullable diet_analyze_stream(
    struct ArrowArrayStream *_Nonnull stream, const char *_Nonnull name,
    const char *_Nullable options, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);

void diet_report_free(diet_report *_Nullable report);

// The report as `table`, `json`, `markdown`, `csv`, `page`, one file for a browser, or `html`, the
// upper part of that page to put into another. To be freed with `diet_text_free`.
char *_Nullable diet_report_text(
    const diet_report *_Nonnull report, const char *_Nonnull format,
    diet_error *_Nullable *_Nullable error);

// Which values keep the columns of CSV files wide, or those of a table that another library has in
// memory: what `diet why` says.
diet_obstacle_report *_Nullable diet_why_csv(
    const char *_Nullable const *_Nullable paths, int64_t path_count,
    const char *_Nullable options, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);
diet_obstacle_report *_Nullable diet_why_stream(
    struct ArrowArrayStream *_Nonnull stream, const char *_Nonnull name,
    const char *_Nullable options, const diet_cancellation *_Nullable cancellation,
    diet_error *_Nullable *_Nullable error);

void diet_obstacle_report_free(diet_obstacle_report *_Nullable report);

// That report as `table` or `json`. To be freed with `diet_text_free`.
char *_Nullable diet_obstacle_report_text(
    const diet_obstacle_report *_Nonnull report, const char *_Nonnull format,
    diet_error *_Nullable *_Nullable error);

void diet_text_free(char *_Nullable text);

// What was odd in the input, and how the values of columns were read, as JSON: `notes`, a sentence
// each, and `note_codes` in the same order. To be freed with `diet_text_free`.
char *_Nonnull diet_table_notes(const diet_table *_Nonnull table);
// The same of a report.
char *_Nonnull diet_report_notes(const diet_report *_Nonnull report);

// What was odd about the records of text, as JSON: an object with one of `count`, `first_row` (from 0),
// `first_file` and `first_line` (from 1) for each of `short`, `long`, `blank`, `irregular`, `swallowed`,
// `repeated_headers` and `rejected`. To be freed with `diet_text_free`.
char *_Nonnull diet_table_anomalies(const diet_table *_Nonnull table);

diet_error_code diet_error_get_code(const diet_error *_Nonnull error);
// Not to be freed; valid as long as the error.
const char *_Nonnull diet_error_get_message(const diet_error *_Nonnull error);
void diet_error_free(diet_error *_Nullable error);

// Structures to hand over in places that hold pointers, as Python's capsules do. `new` gives memory
// with nothing in it (`release` is NULL); `free` releases what is in it still.
struct ArrowSchema *_Nonnull diet_schema_new(void);
void diet_schema_free(struct ArrowSchema *_Nullable schema);
struct ArrowArrayStream *_Nonnull diet_stream_new(void);
void diet_stream_free(struct ArrowArrayStream *_Nullable stream);

#ifdef __cplusplus
}
#endif
