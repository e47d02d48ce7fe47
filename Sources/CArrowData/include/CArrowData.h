// The structures of the Arrow C data interface and C stream interface, in which engines in one
// process hand each other tables without copying them.
//
// Their layout and the include guards are part of the interface, so that a program may include the
// header of several libraries: https://arrow.apache.org/docs/format/CDataInterface.html

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

// The type of an array; of a table, where it is a struct of columns.
struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;

  // Frees all the above; null once that is done.
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

// The values of an array.
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;

  // Frees all the above; null once that is done.
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

// Arrays of one type, one after the other.
struct ArrowArrayStream {
  // These return 0 or an errno. The end of the stream is an array whose `release` is null.
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  // What the last call failed of; valid until the next.
  const char *(*get_last_error)(struct ArrowArrayStream *);

  // Frees the stream, not what it gave; null once that is done.
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif  // ARROW_C_STREAM_INTERFACE

#ifdef __cplusplus
}
#endif
