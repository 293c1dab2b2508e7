import Testing
import ThetaArrays
import ThetaRuntime
import ThetaSyntax

@testable import ThetaMachine

@Suite("Machine")
struct MachineTests {
  @Test("functions are known before the script runs, wherever they stand")
  func order() {
    #expect(TestMachine().run("show (f (2));\nfunction r = f (x), r = x + 1; end") == "3.0\n")
  }

  @Test("writing to an element keeps the array, a copy of it is kept apart")
  func inPlace() {
    let test = TestMachine()
    test.run("a = [1 2 3]; b = a; t = same (a, b); b(1) = 9; u = same (a, b); x = a(1);")
    #expect(test.number("t") == 1)
    #expect(test.number("u") == 0)
    #expect(test.number("x") == 1)
  }

  @Test("arguments do not leave references behind")
  func arguments() {
    let test = TestMachine()
    test.run("a = [1 2 3]; x = same (a, a); f = @(v) v(1); y = apply (f, a); a(2) = 5;")
    let memory = UnsafeMutablePointer<Value>.allocate(capacity: 1)
    memory.initialize(to: test.machine.takeVariable("a", at: 0))
    defer { memory.deallocate() }
    var array = Registers(memory).takeReal(0)
    #expect(array != nil && isKnownUniquelyReferenced(&array))
  }

  @Test("recursion ends with Octave's message, through builtins too")
  func recursion() {
    let test = TestMachine()
    #expect(
      test.run("function r = f (n), r = f (n + 1); end\nf (1);") == "error: max_recursion_depth exceeded\n")
    #expect(
      test.run("function r = g (n), r = apply (@g, n + 1); end\ng (1);")
        == "error: max_recursion_depth exceeded\n")
    #expect(test.run("evaluate ('evaluate (''1;'')'); show (4);") == "4.0\n")
  }

  @Test("after an error in a call the machine goes on")
  func recovery() {
    let test = TestMachine()
    #expect(test.run("function f (), fail ('no'); end\nf ();") == "error: no\n")
    #expect(test.machine.frameCount == 1)
    #expect(test.run("show (1);") == "1.0\n")
  }

  @Test("variables of the prompt stay for the next line")
  func interactive() throws {
    let test = TestMachine()
    for line in ["x = 4;", "y = x + 1;", "x = x * 2;", "function r = f (a), r = a + 1; end", "z = f (x);"] {
      let source = SourceFile(name: "input", text: line)
      try test.machine.runInteractive(source, Parser.parse(source).program)
    }
    #expect(test.number("x") == 8)
    #expect(test.number("y") == 5)
    #expect(test.number("z") == 9)
  }

  @Test("globals are shared, at the prompt too")
  func globals() throws {
    let test = TestMachine()
    for line in ["global g", "g = 4;", "function f (), global g, g = g + 1; end", "f (); f ();", "x = g;"] {
      let source = SourceFile(name: "input", text: line)
      try test.machine.runInteractive(source, Parser.parse(source).program)
    }
    #expect(test.number("x") == 6)
  }

  @Test("evaluated text has the variables of its caller")
  func evaluate() {
    let test = TestMachine()
    let text =
      "function r = f (), a = 1; evaluate ('a = a + 1; b = 5;'); r = a + b; end\nx = f (); y = value ('x');"
    test.run(text)
    #expect(test.number("x") == 7)
    #expect(test.number("y") == 7)
  }

  @Test("undefined names carry Octave's text and a suggestion")
  func suggestions() throws {
    let test = TestMachine()
    let source = SourceFile(name: "/project/test.nn", text: "counter = 1;\ny = 2 + coutner;")
    var found: RuntimeError?
    do throws(RuntimeError) { try test.machine.run(source, Parser.parse(source).program) } catch {
      found = error
    }
    let error = try #require(found)
    #expect(error.message == "'coutner' undefined near line 2, column 9")
    #expect(error.explanation == "did you mean 'counter'?")
    #expect(error.location?.start == 21)
    #expect(error.stack.first?.line == 2)
  }

  @Test("files beside the script are found, .nn before .m, and win over builtins")
  func files() {
    let test = TestMachine()
    test.files.contents["/project/helper.nn"] =
      "function r = helper (x), r = inner (x); end\nfunction r = inner (x), r = x + 1; end"
    test.files.contents["/project/helper.m"] = "function r = helper (x), r = -1; end"
    test.files.contents["/project/twice.m"] = "function r = twice (x), r = x * 200; end"
    test.files.contents["/project/setup.m"] = "made = 3;"
    #expect(test.run("show (helper (1)); show (twice (1)); setup; show (made);") == "2.0\n200.0\n3.0\n")
    #expect(test.run("inner (1)").hasPrefix("error: 'inner' undefined"))
  }

  @Test("calls of builtins do not ask the disk each time")
  func cachedLookup() {
    let test = TestMachine()
    test.run("x = 0; for i = 1:1000, x = twice (i); end")
    #expect(test.files.questions < 20)
    #expect(test.number("x") == 2000)
  }

  @Test("a file that is written while the script runs is found")
  func newFiles() {
    let test = TestMachine()
    #expect(test.run("late (1);").hasPrefix("error: 'late' undefined"))
    test.files.contents["/project/late.m"] = "function late (x), show (x); end"
    #expect(test.run("late (5);") == "5.0\n")
  }

  @Test("an uncaught error runs the clean-up code once, from the inside out")
  func cleanup() {
    let text = """
      unwind_protect
        unwind_protect, fail ('x'); unwind_protect_cleanup, show (1); end_unwind_protect
      unwind_protect_cleanup
        show (2);
      end_unwind_protect
      """
    #expect(TestMachine().run(text) == "1.0\n2.0\nerror: x\n")
  }

  @Test("more registers than 16 bits can count are an error, not a trap")
  func tooManyRegisters() {
    let text = (0..<70_000).map { "v\($0) = 1;" }.joined(separator: "\n")
    #expect(TestMachine().run(text) == "error: the function is too large to be compiled\n")
  }

  @Test("long literals and long loops compile")
  func longCode() {
    let test = TestMachine()
    let elements = (0..<5000).map { "x + \($0)" }.joined(separator: ", ")
    test.run("x = 1; y = [\(elements)]; n = y(5000);")
    #expect(test.number("n") == 5000)
    let body = String(repeating: "s = s + 1;\n", count: 40_000)
    test.run("s = 0; for i = 1:2\n\(body)end")
    #expect(test.number("s") == 80_000)
  }
}
