import Testing
import ThetaArrays
import ThetaRuntime

@testable import ThetaMachine

@Suite("Layout")
struct LayoutTests {
  @Test("an instruction is 8 bytes, a value 16")
  func strides() {
    #expect(MemoryLayout<Instruction>.stride == 8)
    #expect(MemoryLayout<Value>.stride == 16)
  }

  @Test("taking an array out of a register leaves one owner")
  func take() {
    let memory = UnsafeMutablePointer<Value>.allocate(capacity: 2)
    memory.initialize(repeating: .undefined, count: 2)
    defer {
      memory.deinitialize(count: 2)
      memory.deallocate()
    }
    let r = Registers(memory)
    r[0] = .real(NDArray(row: [1, 2, 3]))
    var array = r.takeReal(0)
    #expect(r[Register(0)].isUndefined)
    #expect(array != nil && isKnownUniquelyReferenced(&array))
  }

  @Test("a scalar is stored in place when nobody else holds the array, and refused when somebody does")
  func storeScalar() {
    let memory = UnsafeMutablePointer<Value>.allocate(capacity: 1)
    memory.initialize(to: .real(NDArray(row: [1, 2, 3])))
    defer {
      memory.deinitialize(count: 1)
      memory.deallocate()
    }
    let r = Registers(memory)
    #expect(r.storeScalar(7, in: 0, at: 2))
    #expect(r.storeScalar(9, in: 0, at: 4))
    let other = r[Register(0)]
    #expect(!r.storeScalar(8, in: 0, at: 1))
    #expect(other.realArray.map { Array($0) } == [1, 7, 3, 9])
    for x in [0, -1, 1.5, 6, .nan, .infinity] { #expect(!r.storeScalar(1, in: 0, at: x)) }
  }
}
