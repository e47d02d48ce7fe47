#include "CArrowData.h"

// What other libraries take for granted, where pointers have 64 bits.
_Static_assert(sizeof(void *) != 8 || sizeof(struct ArrowSchema) == 72, "ArrowSchema");
_Static_assert(sizeof(void *) != 8 || sizeof(struct ArrowArray) == 80, "ArrowArray");
_Static_assert(sizeof(void *) != 8 || sizeof(struct ArrowArrayStream) == 40, "ArrowArrayStream");
