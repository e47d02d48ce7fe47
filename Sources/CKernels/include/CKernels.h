#ifndef CKERNELS_H
#define CKERNELS_H

#include "blocks.h"
#include "csv_scan.h"
#include "fields.h"
#include "file_room.h"
#include "integer_order.h"
#include "expression_loops.h"
#include "lane_steps.h"
#include "moving_loops.h"
#include "packed_blocks.h"
#include "prefetch.h"
#include "processors.h"
#include "reductions.h"
#include "run_rows.h"
#include "selection.h"
#include "sum_lookup.h"

#endif
