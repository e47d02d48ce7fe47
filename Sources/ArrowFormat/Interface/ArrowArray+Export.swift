import CArrowData

/// What one column has in a batch: its rows, and the values that codes point to.
struct ArrowArrayParts: Sendable {
  let rows: ArrowBuffers
  let dictionary: ArrowBuffers?

  /// The array. `target` need not be initialized.
  func export(to target: UnsafeMutablePointer<ArrowCArray>) {
    let owner = ArrowOwner(keeping: rows.contents)
    var values: UnsafeMutablePointer<ArrowCArray>?
    if let dictionary {
      let memory = owner.allocate(ArrowCArray.self, count: 1)
      ArrowArrayParts(rows: dictionary, dictionary: nil).export(to: memory)
      values = memory
    }
    let buffers = owner.allocate(UnsafeRawPointer?.self, count: rows.pointers.count)
    for (index, pointer) in rows.pointers.enumerated() {
      (buffers + index).initialize(to: pointer)
    }
    target.initialize(
      to: ArrowCArray(
        length: Int64(rows.rowCount), null_count: Int64(rows.nullCount), offset: 0,
        n_buffers: Int64(rows.pointers.count), n_children: 0, buffers: buffers, children: nil,
        dictionary: values, release: releaseArray, private_data: owner.retained))
  }

  /// A batch: a struct of the columns. `target` need not be initialized.
  static func export(
    _ columns: [ArrowArrayParts], rowCount: Int, to target: UnsafeMutablePointer<ArrowCArray>
  ) {
    let owner = ArrowOwner()
    let children = owner.allocate(ArrowCArray.self, count: columns.count)
    for (index, column) in columns.enumerated() { column.export(to: children + index) }
    // A struct has one buffer, its validity: no row of a table is null.
    let buffers = owner.allocate(UnsafeRawPointer?.self, count: 1)
    buffers.initialize(to: nil)
    target.initialize(
      to: ArrowCArray(
        length: Int64(rowCount), null_count: 0, offset: 0, n_buffers: 1,
        n_children: Int64(columns.count), buffers: buffers,
        children: owner.pointers(to: children, count: columns.count), dictionary: nil,
        release: releaseArray, private_data: owner.retained))
  }
}

/// Releases an array with those of its children that nobody has moved out.
private let releaseArray: @convention(c) (UnsafeMutablePointer<ArrowCArray>?) -> Void = { array in
  guard let array, let owner = array.pointee.private_data else { return }
  for index in 0..<Int(array.pointee.n_children) {
    if let child = array.pointee.children?[index], let release = child.pointee.release {
      release(child)
    }
  }
  if let dictionary = array.pointee.dictionary, let release = dictionary.pointee.release {
    release(dictionary)
  }
  array.pointee.release = nil
  array.pointee.private_data = nil
  ArrowOwner.release(owner)
}
