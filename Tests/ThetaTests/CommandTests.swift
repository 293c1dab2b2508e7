import Foundation
import Testing

/// The command as a person uses it: the release binary that `scripts/theta` builds, whole processes.
@Suite("The command")
struct CommandTests {
  static let binary = Golden.packageRoot.appending(path: ".build/release/theta")

  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  static func run(_ arguments: [String], input: String = "", in directory: URL? = nil) throws -> Outcome {
    let process = Process()
    process.executableURL = binary
    process.arguments = arguments
    process.currentDirectoryURL = directory ?? FileManager.default.temporaryDirectory
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    try process.run()
    // What the tests feed and read fits into the pipes' buffers, so one after the other does not block.
    stdin.fileHandleForWriting.write(Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    let errors = stderr.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self))
  }

  static func withFile<R>(_ name: String, _ bytes: [UInt8], _ body: (URL) throws -> R) throws -> R {
    let directory = FileManager.default.temporaryDirectory.appending(path: "theta-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let file = directory.appending(path: name)
    try Data(bytes).write(to: file)
    return try body(file)
  }

  @Test("code on the command line")
  func evaluates() throws {
    let outcome = try Self.run(["-e", "x = 1 + 2"])
    #expect(outcome.status == 0)
    #expect(outcome.output == "x = 3\n")
    #expect(outcome.errors == "")
  }

  @Test("arrays that need more memory than allowed are an error that can be caught")
  func limitsMemory() throws {
    let code = "x = ones (1000); try, for k = 1:99, c{k} = x + k; end, catch, disp (k < 20), end, disp (x(1))"
    let outcome = try Self.run(["--max-memory", "1e8", "-e", code])
    #expect(outcome.status == 0)
    #expect(outcome.output == "1\n1\n")
  }

  @Test("a script from standard input")
  func readsStandardInput() throws {
    #expect(try Self.run(["-"], input: "disp (7)\n").output == "7\n")
    #expect(try Self.run([], input: "disp (8)").output == "8\n")
  }

  @Test("arguments reach the script")
  func passesArguments() throws {
    let outcome = try Self.run(["-e", "disp (argv (){2})", "one", "two words"])
    #expect(outcome.output == "two words\n")
  }

  @Test("an error in the script: what was printed first, then the message, status 1")
  func reportsErrors() throws {
    try Self.withFile("bad.nn", Array("x = 1\ny = x + zz;\n".utf8)) { file in
      let outcome = try Self.run([file.path])
      #expect(outcome.status == 1)
      #expect(outcome.output == "x = 1\n")
      #expect(outcome.errors.hasPrefix("error: 'zz' undefined near line 2, column 9\n"))
      #expect(outcome.errors.contains("bad.nn:2:9"))
      #expect(outcome.errors.contains("y = x + zz;"))
      #expect(outcome.errors.contains("^"))
    }
  }

  @Test("every syntax error of a script is told, status 2")
  func reportsAllSyntaxErrors() throws {
    let lines = (1...10).map { $0 % 2 == 0 ? "x = (1, 2;" : "y = 3 +* 4;" }
    try Self.withFile("ten.nn", Array(lines.joined(separator: "\n").utf8)) { file in
      let outcome = try Self.run([file.path])
      #expect(outcome.status == 2)
      #expect(outcome.output == "")
      for line in 1...10 { #expect(outcome.errors.contains("ten.nn:\(line):"), "line \(line)") }
    }
  }

  @Test("files that cannot be run: one clear line, status 2")
  func refusesUnreadableFiles() throws {
    let missing = try Self.run(["no-such-file.nn"])
    #expect(missing.status == 2)
    #expect(missing.errors.split(separator: "\n").count == 1)
    #expect(missing.errors.contains("no-such-file.nn"))

    let directory = try Self.run(["/"])
    #expect(directory.status == 2)
    #expect(directory.errors.split(separator: "\n").count == 1)

    try Self.withFile("binary.nn", [0x7F, 0x45, 0x4C, 0x46, 0, 1, 2, 3, 0, 0xFF]) { file in
      let outcome = try Self.run([file.path])
      #expect(outcome.status == 2)
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
    try Self.withFile("empty.nn", []) { file in
      let outcome = try Self.run([file.path])
      #expect(outcome.status == 0)
      #expect(outcome.output == "" && outcome.errors == "")
    }
  }

  @Test("wrong usage is told, status 2")
  func refusesWrongUsage() throws {
    let outcome = try Self.run(["--no-such-option"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("--no-such-option"))
    #expect(try Self.run(["-e"]).status == 2)
    #expect(try Self.run(["run"]).status == 2)
  }

  @Test("exit takes the status along")
  func exits() throws {
    let outcome = try Self.run(["-e", "printf ('bye\\n'); exit (7); disp (1)"])
    #expect(outcome.status == 7)
    #expect(outcome.output == "bye\n")
  }

  @Test("pause and input do not hang at the end of the input")
  func doesNotHang() throws {
    let outcome = try Self.run(["-e", "pause; disp (1)"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasSuffix("1\n"))
    #expect(try Self.run(["-e", "x = input ('? ');"]).status <= 1)
  }

  @Test("the instructions of a script can be seen")
  func dumpsBytecode() throws {
    try Self.withFile("loop.nn", Array("s = 0;\nfor i = 1:3, s = s + i; end\n".utf8)) { file in
      let outcome = try Self.run(["run", file.path, "--dump-bytecode"])
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("next i"))
    }
  }

  @Test("help and version")
  func helps() throws {
    #expect(try Self.run(["--help"]).output.contains("theta FILE"))
    #expect(try Self.run(["--version"]).output.hasPrefix("theta "))
  }

  @Test("results do not depend on threads or on fusion")
  func optimisations() throws {
    let code = """
      A = reshape (mod ((1:600000) * 7919, 60007), 600, 1000) / 60007; B = A';
      x = sum (sum ((A - 0.5) .^ 2 .* exp (-A))); y = sum (1 ./ (1 + exp (-B(:)))); z = mean (A(:) > 0.3);
      w = sum (sort (A(:) .* sin (A(:)))(1:2:end)); v = sum (max (A, [], 2) - min (A)(1:600)');
      printf ("%.17g %.17g %.17g %.17g %.17g\\n", x, y, z, w, v);
      """
    let expected = try Self.run(["-e", code]).output
    #expect(expected.split(separator: " ").count == 5)
    for options in [["--no-threads"], ["--no-fusion"], ["--no-fusion", "--no-threads"]] {
      #expect(try Self.run(options + ["-e", code]).output == expected)
    }
  }

  @Test("large products do not depend on threads, and agree with OpenBLAS's")
  func products() throws {
    let code = """
      A = reshape (mod ((1:600000) * 7919, 60007), 1500, 400) / 60007 - 0.5; B = A(1:300,:);
      C = A * B'; D = A' * A(:,1:30); E = B * A'; F = single (A) * single (B)';
      printf ("%.17g\\n", C(:)' * sin (1:numel (C))', D(:)' * sin (1:numel (D))', E(:)' * sin (1:numel (E))', double (F(777)));
      """
    func numbers(_ options: [String]) throws -> [Double] {
      try Self.run(options + ["-e", code]).output.split(separator: "\n").compactMap { Double($0) }
    }
    let expected = try numbers([])
    #expect(expected.count == 4)
    #expect(try numbers(["--no-threads"]) == expected)
    for (a, b) in zip(try numbers(["--no-wide-products"]), expected) { #expect(abs(a - b) < 1e-6 * abs(b)) }
  }

  @Test("matrices that are joined again are the same without reuse")
  func reuse() throws {
    let script = Golden.packageRoot.appending(path: "Tests/Golden/speed/joined_again.nn").path
    let outcome = try Self.run(["--no-reuse", script])
    #expect(outcome.status == 0)
    #expect(try Self.run([script]).output == outcome.output)
  }

  @Test("the profiler names functions and lines")
  func profiles() throws {
    let script = """
      function r = slow (n)
        r = 0;
        for i = 1:n
          r = r + i * 2;
        end
      end
      x = slow (2e6);
      for k = 1:100, y = slow (10); end
      disp (x)
      """
    try Self.withFile("slow.nn", Array(script.utf8)) { file in
      let outcome = try Self.run(["profile", file.path])
      #expect(outcome.status == 0)
      #expect(outcome.output == "4.0000e+12\n")
      #expect(outcome.errors.contains("      101 "))
      #expect(outcome.errors.contains("slow.nn:4  r = r + i * 2;"))
    }
    let outcome = try Self.run(["-e", "profile on; for i = 1:1e5, end, profile off; profile report"])
    #expect(outcome.output.contains("calls"))
  }
}
