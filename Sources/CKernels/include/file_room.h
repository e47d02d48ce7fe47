// Room on the disk for what a file will hold: a call that the C library hides from Swift behind _GNU_SOURCE.
#ifndef CKERNELS_FILE_ROOM_H
#define CKERNELS_FILE_ROOM_H

#include <stdint.h>

#pragma GCC visibility push(hidden)

/// Takes room for bytes that will be written from `offset` on; the file does not grow. Not 0 where it has it then:
/// not every file system can.
int diet_take_file_room(int descriptor, int64_t offset, int64_t byte_count);

#pragma GCC visibility pop

#endif
