// How long columns are added: by blocks, whose sums are added in turn. The partition depends on the length alone, so
// results do not depend on threads, and the error grows with the logarithm of the length rather than with the length.
// Shorter columns are added from the first element to the last, as a plain loop does.

enum ColumnSums {
  /// Elements in a block.
  static let blockLength = 1024
  /// Columns of at least this many elements are added by blocks.
  static let blockedLength = 8192

  /// The sums of the columns of a matrix, of what `block` makes of each block of a column.
  static func blocked<Element: KernelElement>(
    _ source: UnsafePointer<Element>, length: Int, columns: Int, into sums: UnsafeMutablePointer<Element>,
    _ block: (UnsafePointer<Element>, Int) -> Element
  ) {
    let blocks = (length + blockLength - 1) / blockLength
    let partial = NDArray<Element>(uninitialized: Shape(blocks, columns))
    let parts = partial.base
    Workers.parallel(blocks * columns, grain: 64) { range in
      for index in range {
        let row = (index % blocks) * blockLength
        parts[index] = block(source + (index / blocks) * length + row, min(blockLength, length - row))
      }
    }
    for column in 0..<columns { sums[column] = Element.blockSum(parts + column * blocks, blocks) }
  }
}
