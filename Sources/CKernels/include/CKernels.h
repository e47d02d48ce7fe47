#ifndef CKERNELS_H
#define CKERNELS_H

#include "csv_scan.h"
#include "prefetch.h"
#include "processors.h"
#include "reductions.h"

#endif
