import CKernels

// One entry a type: which C loops run over it.

extension Int8: LoopNumber {
  static let loops = NumberLoops(
    between: diet_between_i8, minMax: diet_minmax_i8,
    maskedEnds: diet_minmax_masked_i8,
    counts: [diet_count_eq_i8, diet_count_lt_i8, diet_count_gt_i8],
    maskedCounts: [
      diet_count_eq_masked_i8, diet_count_lt_masked_i8, diet_count_gt_masked_i8,
    ])
}

extension Int16: LoopNumber {
  static let loops = NumberLoops(
    between: diet_between_i16, minMax: diet_minmax_i16,
    maskedEnds: diet_minmax_masked_i16,
    counts: [diet_count_eq_i16, diet_count_lt_i16, diet_count_gt_i16],
    maskedCounts: [
      diet_count_eq_masked_i16, diet_count_lt_masked_i16, diet_count_gt_masked_i16,
    ])
}

extension Int32: LoopNumber {
  static let loops = NumberLoops(
    between: diet_between_i32, minMax: diet_minmax_i32,
    maskedEnds: diet_minmax_masked_i32,
    counts: [diet_count_eq_i32, diet_count_lt_i32, diet_count_gt_i32],
    maskedCounts: [
      diet_count_eq_masked_i32, diet_count_lt_masked_i32, diet_count_gt_masked_i32,
    ])
}

extension Int64: LoopNumber {
  static let loops = NumberLoops(
    between: diet_between_i64, minMax: diet_minmax_i64,
    maskedEnds: diet_minmax_masked_i64,
    counts: [diet_count_eq_i64, diet_count_lt_i64, diet_count_gt_i64],
    maskedCounts: [
      diet_count_eq_masked_i64, diet_count_lt_masked_i64, diet_count_gt_masked_i64,
    ])
}

extension UInt8: LoopNumber {
  static let loops = NumberLoops(
    between: diet_between_u8, minMax: diet_minmax_u8,
    maskedEnds: diet_minmax_masked_u8,
    counts: [diet_count_eq_u8, diet_count_lt_u8, diet_count_gt_u8],
    maskedCounts: [
      diet_count_eq_masked_u8, diet_count_lt_masked_u8, diet_count_gt_masked_u8,
    ])
}

extension UInt16: LoopNumber {
  static let loops = NumberLoops(
    between: diet_between_u16, minMax: diet_minmax_u16,
    maskedEnds: diet_minmax_masked_u16,
    counts: [diet_count_eq_u16, diet_count_lt_u16, diet_count_gt_u16],
    maskedCounts: [
      diet_count_eq_masked_u16, diet_count_lt_masked_u16, diet_count_gt_masked_u16,
    ])
}

extension UInt32: LoopNumber {
  static let loops = NumberLoops(
    between: diet_between_u32, minMax: diet_minmax_u32,
    maskedEnds: diet_minmax_masked_u32,
    counts: [diet_count_eq_u32, diet_count_lt_u32, diet_count_gt_u32],
    maskedCounts: [
      diet_count_eq_masked_u32, diet_count_lt_masked_u32, diet_count_gt_masked_u32,
    ])
}

extension UInt64: LoopNumber {
  static let loops = NumberLoops(
    between: diet_between_u64, minMax: diet_minmax_u64,
    maskedEnds: diet_minmax_masked_u64,
    counts: [diet_count_eq_u64, diet_count_lt_u64, diet_count_gt_u64],
    maskedCounts: [
      diet_count_eq_masked_u64, diet_count_lt_masked_u64, diet_count_gt_masked_u64,
    ])
}

extension Float: LoopNumber {
  static let loops = NumberLoops(
    between: diet_between_f32, minMax: diet_minmax_f32,
    maskedEnds: diet_minmax_masked_f32,
    counts: [diet_count_eq_f32, diet_count_lt_f32, diet_count_gt_f32],
    maskedCounts: [
      diet_count_eq_masked_f32, diet_count_lt_masked_f32, diet_count_gt_masked_f32,
    ])
}

extension Double: LoopNumber {
  static let loops = NumberLoops(
    between: diet_between_f64, minMax: diet_minmax_f64,
    maskedEnds: diet_minmax_masked_f64,
    counts: [diet_count_eq_f64, diet_count_lt_f64, diet_count_gt_f64],
    maskedCounts: [
      diet_count_eq_masked_f64, diet_count_lt_masked_f64, diet_count_gt_masked_f64,
    ])
}
