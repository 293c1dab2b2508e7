import ThetaArrays
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// The loop. What it reads on every instruction lies in locals; scalars are handled here, everything else is one call
// of a function that is kept out of line, so that the loop's own frame and code stay small.

extension Machine {
  /// Runs the top frame until it ends; its results are in `results` when its delivery is `.entry`.
  func interpret() throws(RuntimeError) {
    let entry = frameCount
    while try !(isProfiling ? runNoting(entry) : runPlainly(entry)) {}
  }

  @inline(never)
  private func runPlainly(_ entry: Int) throws(RuntimeError) -> Bool { try run(entry, notes: false) }

  @inline(never)
  private func runNoting(_ entry: Int) throws(RuntimeError) -> Bool { try run(entry, notes: true) }

  /// Runs the top frame and those that it calls, until the frame `entry` ends (true) or the profiler goes on or off
  /// (false). With `notes`, every instruction is noted in its frame.
  @inline(__always)
  private func run(_ entry: Int, notes: Bool) throws(RuntimeError) -> Bool {
    while true {
      if isProfiling != notes { return false }
      let frame = frames + (frameCount - 1)
      let chunk = frame.pointee.chunk
      let code = chunk.code
      let constants = chunk.constants
      let sites = chunk.sites
      let generation = self.generation
      let stopRequest = self.stopRequest
      let r = Registers(frame.pointee.base)
      var pc = frame.pointee.pc
      if notes { profiler?.enter(chunk, isCall: pc == 0) }
      do throws(RuntimeError) {
        running: while true {
          let instruction = code[pc]
          pc += 1
          if notes { frame.pointee.pc = pc }
          switch instruction {
          // MARK: Moving values
          case .move(let d, let a):
            if case .number(let x) = r[a] {
              r[d] = .number(x)
              continue
            }
            frame.pointee.pc = pc
            try copy(r, d, a)
          case .moveTemporary(let d, let a):
            r[d] = r.take(a)
          case .loadConstant(let d, let k):
            r[d] = constants[Int(k)]
          case .clear(let d):
            r.clear(d)
          case .single(let d, let a):
            if case .object = r[a] { try single(r, d, a) } else if d != a { r[d] = r.take(a) }
          case .unpack(let first, let a, let count):
            unpack(r, first, a, Int(count))
          case .checkElement(let a, let k):
            if case .undefined = r[a] {
              frame.pointee.pc = pc
              throw RuntimeError("element number \(k) undefined in return list")
            }
          case .checkValue(let a):
            if case .undefined = r[a] { throw RuntimeError.undefinedRightSide }

          // MARK: Operators
          case .add(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .number(x + y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.add, r, d, a, b)
            pc = frame.pointee.pc
          case .subtract(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .number(x - y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.subtract, r, d, a, b)
            pc = frame.pointee.pc
          case .multiply(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .number(x * y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.multiply, r, d, a, b)
            pc = frame.pointee.pc
          case .divide(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .number(x / y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.divide, r, d, a, b)
            pc = frame.pointee.pc
          case .power(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b],
              x >= 0 || (y == y.rounded(.towardZero) && y.isFinite)
            {
              r[d] = .number(y == 2 ? x * x : pow(x, y))
              continue
            }
            frame.pointee.pc = pc
            try binary(.power, r, d, a, b)
            pc = frame.pointee.pc
          case .hadamard(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .number(x * y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.hadamard, r, d, a, b)
            pc = frame.pointee.pc
          case .elementDivide(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .number(x / y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.elementDivide, r, d, a, b)
            pc = frame.pointee.pc
          case .elementPower(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b],
              x >= 0 || (y == y.rounded(.towardZero) && y.isFinite)
            {
              r[d] = .number(y == 2 ? x * x : pow(x, y))
              continue
            }
            frame.pointee.pc = pc
            try binary(.elementPower, r, d, a, b)
            pc = frame.pointee.pc
          case .less(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .logical(x < y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.less, r, d, a, b)
            pc = frame.pointee.pc
          case .lessOrEqual(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .logical(x <= y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.lessOrEqual, r, d, a, b)
            pc = frame.pointee.pc
          case .equal(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .logical(x == y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.equal, r, d, a, b)
            pc = frame.pointee.pc
          case .notEqual(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .logical(x != y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.notEqual, r, d, a, b)
            pc = frame.pointee.pc
          case .greaterOrEqual(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .logical(x >= y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.greaterOrEqual, r, d, a, b)
            pc = frame.pointee.pc
          case .greater(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .logical(x > y)
              continue
            }
            frame.pointee.pc = pc
            try binary(.greater, r, d, a, b)
            pc = frame.pointee.pc
          case .binary(let d, let a, let b, let operation):
            frame.pointee.pc = pc
            try binary(BinaryOperation.allCases[Int(operation)], r, d, a, b)
            pc = frame.pointee.pc
          case .negate(let d, let a):
            if case .number(let x) = r[a] {
              r[d] = .number(-x)
              continue
            }
            frame.pointee.pc = pc
            try unary(.minus, r, d, a)
            pc = frame.pointee.pc
          case .not(let d, let a):
            if case .logical(let x) = r[a] {
              r[d] = .logical(!x)
              continue
            }
            frame.pointee.pc = pc
            try unary(.not, r, d, a)
            pc = frame.pointee.pc
          case .unary(let d, let a, let operation):
            frame.pointee.pc = pc
            try unary(UnaryOperation.allCases[Int(operation)], r, d, a)
            pc = frame.pointee.pc
          case .product(let d, let a, let b, let transposed):
            frame.pointee.pc = pc
            try product(r, d, a, b, transposed)
          case .range(let d, let first):
            frame.pointee.pc = pc
            try range(r, d, first)

          // MARK: Control
          case .jump(let target):
            pc = Int(target)
            if stopRequest.pointee != 0 { throw stopped() }
          case .branch(let target, let a):
            let taken: Bool
            switch r[a] {
            case .logical(let x): taken = x
            case .number(let x) where x == x: taken = x != 0
            default:
              frame.pointee.pc = pc
              taken = try isTrue(r, a)
            }
            if taken {
              pc = Int(target)
              if stopRequest.pointee != 0 { throw stopped() }
            }
          case .branchNot(let target, let a):
            let holds: Bool
            switch r[a] {
            case .logical(let x): holds = x
            case .number(let x) where x == x: holds = x != 0
            default:
              frame.pointee.pc = pc
              holds = try isTrue(r, a)
            }
            if !holds {
              pc = Int(target)
              if stopRequest.pointee != 0 { throw stopped() }
            }
          case .testLess(let a, let b, let expected):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              if (x < y) == expected { pc += 1 }
              continue
            }
            frame.pointee.pc = pc
            if try test(.less, r, a, b) == expected { pc += 1 }
          case .testLessOrEqual(let a, let b, let expected):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              if (x <= y) == expected { pc += 1 }
              continue
            }
            frame.pointee.pc = pc
            if try test(.lessOrEqual, r, a, b) == expected { pc += 1 }
          case .testEqual(let a, let b, let expected):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              if (x == y) == expected { pc += 1 }
              continue
            }
            frame.pointee.pc = pc
            if try test(.equal, r, a, b) == expected { pc += 1 }
          case .testNotEqual(let a, let b, let expected):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              if (x != y) == expected { pc += 1 }
              continue
            }
            frame.pointee.pc = pc
            if try test(.notEqual, r, a, b) == expected { pc += 1 }
          case .testGreaterOrEqual(let a, let b, let expected):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              if (x >= y) == expected { pc += 1 }
              continue
            }
            frame.pointee.pc = pc
            if try test(.greaterOrEqual, r, a, b) == expected { pc += 1 }
          case .testGreater(let a, let b, let expected):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              if (x > y) == expected { pc += 1 }
              continue
            }
            frame.pointee.pc = pc
            if try test(.greater, r, a, b) == expected { pc += 1 }
          case .truth(let d, let a, let isOr):
            if case .logical(let x) = r[a] {
              r[d] = .logical(x)
              continue
            }
            frame.pointee.pc = pc
            try truth(r, d, a, isOr: isOr)
          case .conditionOperand(let target, let a, let isOr):
            frame.pointee.pc = pc
            if try decides(r, a, isOr: isOr) { pc = Int(target) }
          case .matchCase(let d, let a, let b):
            if case .number(let x) = r[a], case .number(let y) = r[b] {
              r[d] = .logical(x == y)
              continue
            }
            frame.pointee.pc = pc
            try matchCase(r, d, a, b)
          case .branchUndefined(let target, let a):
            if case .undefined = r[a] { pc = Int(target) }
          case .forRange(let state, let d, let first):
            frame.pointee.pc = pc
            try startRange(r, state, d, first)
          case .forValues(let state, let d, let a):
            frame.pointee.pc = pc
            try startValues(r, state, d, a)
          case .forNext(let offset, let state, let d):
            if stopRequest.pointee != 0 { throw stopped() }
            // A range keeps the next index, the count, the base, the increment and the limit.
            if case .number(let index) = r[state], case .number(let count) = r[state &+ 1] {
              guard index < count else { continue }
              if case .number(let base) = r[state &+ 2], case .number(let step) = r[state &+ 3],
                case .number(let limit) = r[state &+ 4]
              {
                r[state] = .number(index + 1)
                // The sum would lose the sign of a base of -0.
                var value = index == 0 ? base : base + index * step
                if index + 1 == count, step > 0 ? value > limit : value < limit { value = limit }
                r[d] = .number(value)
                pc += Int(offset)
              }
              continue
            }
            frame.pointee.pc = pc
            if try nextValue(r, state, d) { pc += Int(offset) }
          case .forKey(let d, let state):
            forKey(r, d, state)
          case .returnOutputs:
            frame.pointee.pc = pc
            if try leave() { return true }
            break running
          case .returnValue(let a):
            frame.pointee.pc = pc
            if try leave(with: try defined(r, a)) { return true }
            break running
          case .rethrow(let a):
            frame.pointee.pc = pc
            if case .object(let object) = r.take(a), let pending = object as? PendingError {
              throw pending.error
            }
          case .fail(let k):
            frame.pointee.pc = pc
            throw RuntimeError(chunk.names[Int(k)])

          // MARK: Calls and parts of values
          case .call(let d, let site, let first, let count):
            let site = sites + Int(site)
            if site.pointee.generation == generation.pointee,
              site.pointee.slot == CallSite.noRegister || r[site.pointee.slot].isUndefined
            {
              if count == 1, let f = site.pointee.scalar, case .number(let x) = r[first] {
                r[d] = .number(f(x))
                continue
              }
              if count == 2, let f = site.pointee.scalar2, case .number(let x) = r[first],
                case .number(let y) = r[first &+ 1]
              {
                r[d] = .number(f(x, y))
                continue
              }
            }
            frame.pointee.pc = pc
            if try call(r, d, site, first, Int(count)) { break running }
            pc = frame.pointee.pc
            // `profile on` and `off` take effect in the loop that runs them.
            if isProfiling != notes { break running }
          case .index1(let d, let a, let i):
            if case .number(let x) = r[i] {
              if case .real(let array) = r[a], x >= 1, x <= Double(array.count) {
                let k = Int(x)
                if Double(k) == x {
                  r[d] = .number(array[k &- 1])
                  continue
                }
              }
            }
            frame.pointee.pc = pc
            if try index1(r, d, a, i) { break running }
          case .index2(let d, let a, let i, let j):
            if case .number(let x) = r[i], case .number(let y) = r[j], case .real(let array) = r[a] {
              let rows = array.shape.rows
              if x >= 1, y >= 1, x <= Double(rows), y <= Double(array.shape.columns), array.shape.is2D {
                let (i, j) = (Int(x), Int(y))
                if Double(i) == x, Double(j) == y {
                  r[d] = .number(array[(i &- 1) &+ (j &- 1) &* rows])
                  continue
                }
              }
            }
            frame.pointee.pc = pc
            if try index2(r, d, a, i, j) { break running }
          case .index(let d, let a, let first, let count):
            frame.pointee.pc = pc
            if try index(r, d, a, first, Int(count)) { break running }
            pc = frame.pointee.pc
          case .brace(let d, let a, let first, let count):
            frame.pointee.pc = pc
            try brace(r, d, a, first, Int(count))
          case .field(let d, let a, let k):
            frame.pointee.pc = pc
            try field(r, d, a, chunk.names[Int(k)])
          case .dynamicField(let d, let a, let b):
            frame.pointee.pc = pc
            try dynamicField(r, d, a, b)
          case .method(let d, let a, let site):
            frame.pointee.pc = pc
            if try method(r, d, a, sites + Int(site)) { break running }
          case .end(let d, let a, let position, let count):
            frame.pointee.pc = pc
            try end(r, d, a, Int(position), Int(count))
          case .endOfPlace(let d, let k):
            frame.pointee.pc = pc
            try endOfPlace(r, d, chunk.ends[Int(k)])
          case .matrix(let d, let first, let k):
            frame.pointee.pc = pc
            try matrix(r, d, first, chunk.layouts[Int(k)])
          case .cell(let d, let first, let k):
            frame.pointee.pc = pc
            try cell(r, d, first, chunk.layouts[Int(k)])
          case .makeHandle(let d, let k):
            makeHandle(r, d, chunk.names[Int(k)])
          case .makeClosure(let d, let k):
            makeClosure(r, d, chunk.closures[Int(k)])
          case .argumentCount(let d, let ofOutputs):
            argumentCount(r, d, ofOutputs: ofOutputs)

          // MARK: Assignment
          case .storeIndex1(let a, let i, let v):
            if case .number(let value) = r[v], case .number(let x) = r[i],
              r.storeScalar(value, in: a, at: x)
            {
              continue
            }
            frame.pointee.pc = pc
            try storeIndex1(r, a, i, v)
          case .storeIndex2(let a, let v, let i, let j):
            if case .number(let value) = r[v], case .number(let x) = r[i], case .number(let y) = r[j],
              r.storeScalar(value, in: a, row: x, column: y)
            {
              continue
            }
            frame.pointee.pc = pc
            try storeIndex2(r, a, v, i, j)
          case .storeField(let a, let v, let k):
            frame.pointee.pc = pc
            try storeField(r, a, v, chunk.names[Int(k)])
          case .storePlace(let k, let v):
            frame.pointee.pc = pc
            try storePlace(r, chunk.places[Int(k)], v)
          case .loadPlace(let d, let k):
            frame.pointee.pc = pc
            try loadPlace(r, d, chunk.places[Int(k)])
          case .deletePlace(let k):
            frame.pointee.pc = pc
            try deletePlace(r, chunk.places[Int(k)])
          case .countPlace(let d, let k):
            frame.pointee.pc = pc
            try countPlace(r, d, chunk.places[Int(k)])
          case .storeMany(let k, let list, let c):
            frame.pointee.pc = pc
            try storeMany(r, k == UInt16.max ? nil : chunk.places[Int(k)], list, c)
          case .declare(let target, let k):
            frame.pointee.pc = pc
            if try declare(chunk.declarations[Int(k)]) { pc = Int(target) }

          // MARK: Results
          case .display(let a, let k):
            frame.pointee.pc = pc
            try display(r, a, chunk.names[Int(k)])
          case .answer(let d, let a, let printing):
            switch r[a] {
            case .undefined: continue
            case .number(let x) where !printing: r[d] = .number(x)
            default:
              frame.pointee.pc = pc
              try answer(r, d, a, printing: printing)
            }
          }
        }
      } catch {
        if frames + (frameCount - 1) == frame { frame.pointee.pc = pc }
        try handle(error, entry: entry)
      }
    }
  }
}
