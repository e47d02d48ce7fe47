import CKernels

// One entry a type: which C functions are under test.

extension ReductionLoops<Int8> {
  static let i8 = Self(
    name: "i8", emptyMinimum: .max, emptyMaximum: .min,
    minmax: diet_minmax_i8, maskedMinmax: diet_minmax_masked_i8,
    counts: [diet_count_eq_i8, diet_count_lt_i8, diet_count_gt_i8],
    maskedCounts: [
      diet_count_eq_masked_i8, diet_count_lt_masked_i8, diet_count_gt_masked_i8,
    ])
}

extension ReductionLoops<Int16> {
  static let i16 = Self(
    name: "i16", emptyMinimum: .max, emptyMaximum: .min,
    minmax: diet_minmax_i16, maskedMinmax: diet_minmax_masked_i16,
    counts: [diet_count_eq_i16, diet_count_lt_i16, diet_count_gt_i16],
    maskedCounts: [
      diet_count_eq_masked_i16, diet_count_lt_masked_i16, diet_count_gt_masked_i16,
    ])
}

extension ReductionLoops<Int32> {
  static let i32 = Self(
    name: "i32", emptyMinimum: .max, emptyMaximum: .min,
    minmax: diet_minmax_i32, maskedMinmax: diet_minmax_masked_i32,
    counts: [diet_count_eq_i32, diet_count_lt_i32, diet_count_gt_i32],
    maskedCounts: [
      diet_count_eq_masked_i32, diet_count_lt_masked_i32, diet_count_gt_masked_i32,
    ])
}

extension ReductionLoops<UInt8> {
  static let u8 = Self(
    name: "u8", emptyMinimum: .max, emptyMaximum: .min,
    minmax: diet_minmax_u8, maskedMinmax: diet_minmax_masked_u8,
    counts: [diet_count_eq_u8, diet_count_lt_u8, diet_count_gt_u8],
    maskedCounts: [
      diet_count_eq_masked_u8, diet_count_lt_masked_u8, diet_count_gt_masked_u8,
    ])
}

extension ReductionLoops<UInt16> {
  static let u16 = Self(
    name: "u16", emptyMinimum: .max, emptyMaximum: .min,
    minmax: diet_minmax_u16, maskedMinmax: diet_minmax_masked_u16,
    counts: [diet_count_eq_u16, diet_count_lt_u16, diet_count_gt_u16],
    maskedCounts: [
      diet_count_eq_masked_u16, diet_count_lt_masked_u16, diet_count_gt_masked_u16,
    ])
}

extension ReductionLoops<UInt32> {
  static let u32 = Self(
    name: "u32", emptyMinimum: .max, emptyMaximum: .min,
    minmax: diet_minmax_u32, maskedMinmax: diet_minmax_masked_u32,
    counts: [diet_count_eq_u32, diet_count_lt_u32, diet_count_gt_u32],
    maskedCounts: [
      diet_count_eq_masked_u32, diet_count_lt_masked_u32, diet_count_gt_masked_u32,
    ])
}

extension ReductionLoops<Int64> {
  static let i64 = Self(
    name: "i64", emptyMinimum: .max, emptyMaximum: .min,
    minmax: diet_minmax_i64, maskedMinmax: diet_minmax_masked_i64,
    counts: [diet_count_eq_i64, diet_count_lt_i64, diet_count_gt_i64],
    maskedCounts: [
      diet_count_eq_masked_i64, diet_count_lt_masked_i64, diet_count_gt_masked_i64,
    ])
}

extension ReductionLoops<UInt64> {
  static let u64 = Self(
    name: "u64", emptyMinimum: .max, emptyMaximum: .min,
    minmax: diet_minmax_u64, maskedMinmax: diet_minmax_masked_u64,
    counts: [diet_count_eq_u64, diet_count_lt_u64, diet_count_gt_u64],
    maskedCounts: [
      diet_count_eq_masked_u64, diet_count_lt_masked_u64, diet_count_gt_masked_u64,
    ])
}

extension ReductionLoops<Float> {
  static let f32 = Self(
    name: "f32", emptyMinimum: .infinity, emptyMaximum: -.infinity,
    minmax: diet_minmax_f32, maskedMinmax: diet_minmax_masked_f32,
    counts: [diet_count_eq_f32, diet_count_lt_f32, diet_count_gt_f32],
    maskedCounts: [
      diet_count_eq_masked_f32, diet_count_lt_masked_f32, diet_count_gt_masked_f32,
    ])
}

extension ReductionLoops<Double> {
  static let f64 = Self(
    name: "f64", emptyMinimum: .infinity, emptyMaximum: -.infinity,
    minmax: diet_minmax_f64, maskedMinmax: diet_minmax_masked_f64,
    counts: [diet_count_eq_f64, diet_count_lt_f64, diet_count_gt_f64],
    maskedCounts: [
      diet_count_eq_masked_f64, diet_count_lt_masked_f64, diet_count_gt_masked_f64,
    ])
}
