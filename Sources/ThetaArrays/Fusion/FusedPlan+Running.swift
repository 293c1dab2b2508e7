// Running a plan: blocks of a long run of elements, or of each column when rows or columns are stretched, on all
// threads. Sums add the rows of a column in their order, eight columns side by side, as the sum of a whole array does;
// long columns are added by blocks in an arrangement that does not depend on the threads.

extension FusedPlan {
  /// The elements of the result, in the memory of an operand where that is allowed.
  func elements(_ operands: [FusedProgram.Operand], _ reusable: UInt64) -> FusedProgram.Operand? {
    if isLogical {
      let result = NDArray<Bool>(uninitialized: shape)
      let out = result.base
      let done = forEachBlock { run, offset, row, column, count in
        let block = run.spare
        guard run(offset, row, column, count, block) else { return false }
        Element.narrow(out + offset, block, count)
        return true
      }
      return done ? .boolean(result) : nil
    }
    var target: NDArray<Element>?
    if !mayStop, reusable != 0 {
      for k in 0..<min(operands.count, 64) where reusable & (1 << UInt64(k)) != 0 {
        if let array = Element.array(in: operands[k]), array.shape == shape { target = array }
      }
    }
    let result = target ?? NDArray<Element>(uninitialized: shape)
    let out = result.base
    let done = forEachBlock { run, offset, row, column, count in
      run(offset, row, column, count, out + offset)
    }
    return done ? Element.operand(result) : nil
  }

  /// Elements for which a second thread pays.
  private var grain: Int { isCheap && tasks.count < 4 ? 1 << 16 : 1 << 13 }

  /// Calls the body for every block on all threads; false when one of them gave up.
  private func forEachBlock(_ body: (BlockRun<Element>, Int, Int, Int, Int) -> Bool) -> Bool {
    let size = FusedProgram.blockSize
    let failed = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    failed.initialize(to: false)
    defer { failed.deallocate() }
    if isSegmented {
      Workers.parallel(columns, grain: max(1, grain / max(rows, 1))) { range in
        BlockRun.with(self) { run in
          for column in range {
            var row = 0
            while row < rows {
              let count = min(size, rows - row)
              if !body(run, column * rows + row, row, column, count) {
                failed.pointee = true
                return
              }
              row += count
            }
          }
        }
      }
    } else {
      let total = shape.count
      let blocks = (total + size - 1) / size
      Workers.parallel(blocks, grain: max(1, grain / size)) { range in
        BlockRun.with(self) { run in
          for block in range {
            let offset = block * size
            if !body(run, offset, offset, 0, min(size, total - offset)) {
              failed.pointee = true
              return
            }
          }
        }
      }
    }
    return !failed.pointee
  }

  // MARK: - Sums

  /// The sums or means along the first dimension that is not one.
  func reduced(_ reduction: FusedProgram.Reduction) -> FusedProgram.Operand? {
    guard shape.is2D else { return nil }
    // Truth values are counted in double precision.
    if isLogical, Element.self == Float.self { return nil }
    let length = shape.rows == 1 ? shape.columns : shape.rows
    let width = shape.rows == 1 ? 1 : shape.columns
    let result = NDArray<Element>(Shape(1, width), repeating: 0)
    let sums = result.base
    let done =
      length >= ColumnSums.blockedLength ? sumBlocks(sums, length, width) : sumColumns(sums, length, width)
    guard done else { return nil }
    if reduction == .mean {
      for k in 0..<width { sums[k] /= Element(length) }
    }
    if width == 1, Element.self == Double.self { return .number(Double(sums[0])) }
    return Element.operand(result)
  }

  /// Eight columns at a time, a stretch of rows of each after the other.
  private func sumColumns(_ sums: UnsafeMutablePointer<Element>, _ length: Int, _ width: Int) -> Bool {
    let stretch = 256
    let groups = (width + 7) / 8
    let failed = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    failed.initialize(to: false)
    defer { failed.deallocate() }
    Workers.parallel(groups, grain: max(1, grain / max(1, 8 * length))) { range in
      BlockRun.with(self, spare: 8 * stretch) { run in
        for group in range {
          let first = group * 8
          let count = min(8, width - first)
          var row = 0
          while row < length {
            let rows = min(stretch, length - row)
            for k in 0..<count {
              let column = first + k
              if !run(column * length + row, row, column, rows, run.spare + k * rows) {
                failed.pointee = true
                return
              }
            }
            Element.addColumns(sums + first, run.spare, rows: rows, columns: count)
            row += rows
          }
        }
      }
    }
    return !failed.pointee
  }

  /// Sums of blocks of each column, then the sum of those.
  private func sumBlocks(_ sums: UnsafeMutablePointer<Element>, _ length: Int, _ width: Int) -> Bool {
    let size = ColumnSums.blockLength
    let blocks = (length + size - 1) / size
    let partial = NDArray<Element>(uninitialized: Shape(blocks, width))
    let (parts, failed) = (partial.base, UnsafeMutablePointer<Bool>.allocate(capacity: 1))
    failed.initialize(to: false)
    defer { failed.deallocate() }
    Workers.parallel(blocks * width, grain: max(1, grain / size)) { range in
      BlockRun.with(self) { run in
        for index in range {
          let (column, row) = (index / blocks, (index % blocks) * size)
          let count = min(size, length - row)
          if !run(column * length + row, row, column, count, run.spare) {
            failed.pointee = true
            return
          }
          parts[index] = Element.blockSum(run.spare, count)
        }
      }
    }
    if failed.pointee { return false }
    for column in 0..<width { sums[column] = Element.blockSum(parts + column * blocks, blocks) }
    return true
  }
}

/// The buffers of one thread, and the loop over the tasks of a plan.
struct BlockRun<Element: FusedElement> {
  let plan: FusedPlan<Element>
  let buffers: UnsafeMutablePointer<Element>
  let numbers: UnsafePointer<Element>
  /// One more buffer, for whoever runs the blocks.
  let spare: UnsafeMutablePointer<Element>

  static func with(
    _ plan: FusedPlan<Element>, spare: Int = FusedProgram.blockSize, _ body: (BlockRun) -> Void
  ) {
    let size = FusedProgram.blockSize
    withUnsafeTemporaryAllocation(of: Element.self, capacity: plan.bufferCount * size + spare) { memory in
      plan.numbers.withUnsafeBufferPointer { numbers in
        guard let base = memory.baseAddress else { return }
        body(
          BlockRun(
            plan: plan, buffers: base, numbers: numbers.baseAddress ?? UnsafePointer(base),
            spare: base + plan.bufferCount * size))
      }
    }
  }

  /// Runs all tasks for `count` elements from `offset`, which lie in one column from `row` on. False when an element
  /// is outside a function's domain.
  func callAsFunction(
    _ offset: Int, _ row: Int, _ column: Int, _ count: Int, _ result: UnsafeMutablePointer<Element>
  ) -> Bool {
    let size = FusedProgram.blockSize
    @inline(__always)
    func read(_ place: FusedPlan<Element>.Place) -> (UnsafePointer<Element>, Int) {
      switch place {
      case .number(let k): (numbers + k, 0)
      case .array(let base, .full): (base + offset, 1)
      case .array(let base, .row): (base + column, 0)
      case .array(let base, _): (base + row, 1)
      case .buffer(let k): (UnsafePointer(buffers + k * size), 1)
      case .result: (UnsafePointer(result), 1)
      case .flags: (numbers, 0)
      }
    }
    for task in plan.tasks {
      let out: UnsafeMutablePointer<Element> =
        if case .buffer(let k) = task.out { buffers + k * size } else { result }
      switch task.work {
      case .binary(let kernel):
        let (a, strideA) = read(task.a)
        let (b, strideB) = read(task.b)
        kernel(out, a, strideA, b, strideB, count)
      case .unary(let kernel):
        let (a, strideA) = read(task.a)
        if strideA == 0 { return false }
        kernel(out, a, count)
      case .check(let limit):
        let (a, strideA) = read(task.a)
        if Element.isAnyBelow(a, strideA == 0 ? 1 : count, limit) { return false }
      case .widen:
        switch task.a {
        case .flags(let base, .full): Element.widen(out, base + offset, count)
        case .flags(let base, .column): Element.widen(out, base + row, count)
        case .flags(let base, _):
          out.update(repeating: base[column] ? 1 : 0, count: count)
        default: return false
        }
      }
    }
    return true
  }
}
