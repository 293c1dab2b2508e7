import ThetaRuntime
import ThetaSyntax

/// Compiled code: instructions, the tables that they index, and what a frame needs to run them. Immutable but
/// for the caches in the call sites. The compiler makes it, the verifier has checked it.
final class Chunk {
  /// As the call stack shows it.
  let name: String
  let unit: SourceUnit
  let kind: Kind
  let code: UnsafeMutablePointer<Instruction>
  let codeCount: Int
  let constants: UnsafeMutablePointer<Value>
  let constantCount: Int
  let sites: UnsafeMutablePointer<CallSite>
  let siteCount: Int
  /// The source of each instruction.
  let ranges: [SourceRange]
  /// Variables lie in the first registers, in the order of their names.
  let variables: [String]
  let slots: [String: Register]
  /// Registers from here on are temporaries, which consumers may empty.
  let firstTemporary: Register
  let registerCount: Int
  let names: [String]
  let places: [Place]
  let ends: [EndOfPlace]
  let layouts: [Layout]
  let closures: [ClosureTemplate]
  let declarations: [SharedDeclaration]
  /// For an instruction that indexes a temporary, the variable at the start of the chain: errors mention it.
  let bases: [Int: String]
  /// Instructions of `x += e`, where x must have a value.
  let computed: Set<Int>
  /// Instructions of `x++` and `++x` that read x.
  let increments: Set<Int>
  let handlers: [Handler]
  let signature: FunctionSignature
  /// Where `ans` is kept, when the code may set it.
  let answer: Register?
  /// Expressions over arrays, and for each instruction the number of the one that starts there and one, or zero; nil when
  /// there is none.
  let fusions: [Fusion]
  let fusionEntries: UnsafeMutablePointer<UInt16>?

  enum Kind {
    case function
    case anonymous
    /// A script, a line at the prompt or evaluated text: its variables are those of the frame it runs in.
    case script
  }

  init(_ parts: ChunkParts) {
    name = parts.name
    unit = parts.unit
    kind = parts.kind
    codeCount = parts.code.count
    code = Chunk.table(parts.code)
    constantCount = parts.constants.count
    constants = Chunk.table(parts.constants)
    siteCount = parts.sites.count
    sites = Chunk.table(parts.sites)
    ranges = parts.ranges
    variables = parts.variables
    slots = parts.slots
    firstTemporary = parts.firstTemporary
    registerCount = parts.registerCount
    names = parts.names
    places = parts.places
    ends = parts.ends
    layouts = parts.layouts
    closures = parts.closures
    declarations = parts.declarations
    bases = parts.bases
    computed = parts.computed
    increments = parts.increments
    handlers = parts.handlers
    signature = parts.signature
    answer = parts.answer
    let finder = FusionFinder(parts)
    fusions = finder.fusions
    fusionEntries = fusions.isEmpty ? nil : Chunk.table(finder.entries)
    for (pc, entry) in finder.entries.enumerated() where entry != 0 {
      if case .call(_, let site, _, _) = parts.code[pc] { sites[Int(site)].startsFusion = true }
    }
  }

  deinit {
    fusionEntries?.deallocate()
    code.deinitialize(count: codeCount)
    code.deallocate()
    constants.deinitialize(count: constantCount)
    constants.deallocate()
    sites.deinitialize(count: siteCount)
    sites.deallocate()
  }

  private static func table<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let table = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    elements.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { table.initialize(from: start, count: elements.count) }
    }
    return table
  }

  /// The innermost handler around an instruction.
  func handler(at pc: Int) -> Handler? {
    handlers.first { $0.start <= pc && pc < $0.end }
  }

  func variableName(_ register: Register) -> String {
    Int(register) < variables.count ? variables[Int(register)] : ""
  }
}

/// What the compiler hands over to make a chunk.
struct ChunkParts {
  var name: String
  var unit: SourceUnit
  var kind: Chunk.Kind
  var code: [Instruction] = []
  var ranges: [SourceRange] = []
  var constants: [Value] = []
  var sites: [CallSite] = []
  var variables: [String] = []
  var slots: [String: Register] = [:]
  var firstTemporary: Register = 0
  var registerCount = 0
  var names: [String] = []
  var places: [Place] = []
  var ends: [EndOfPlace] = []
  var layouts: [Layout] = []
  var closures: [ClosureTemplate] = []
  var declarations: [SharedDeclaration] = []
  var bases: [Int: String] = [:]
  var computed: Set<Int> = []
  var increments: Set<Int> = []
  var handlers: [Handler] = []
  var signature = FunctionSignature()
  var answer: Register?

  init(name: String, unit: SourceUnit, kind: Chunk.Kind) {
    self.name = name
    self.unit = unit
    self.kind = kind
  }
}

/// Where arguments go and results come from. A class, so that looking at it on every call is one retain. The
/// compiler fills it; nothing changes it afterwards.
final class FunctionSignature {
  /// Registers of the parameters, nil for `~`; without `varargin`.
  var parameters: [Register?] = []
  var rest: Register?
  /// Registers of the outputs, without `varargout`.
  var outputs: [Register] = []
  var restOutputs: Register?
  /// Values captured by an anonymous function go here, in the order of its template.
  var captures: [Register] = []

  /// Whether a register is a parameter's: without a value it is a missing argument, whatever else has its name.
  func declares(_ register: Register) -> Bool { parameters.contains(register) }
}

/// A protected stretch of code. Inner handlers come before outer ones.
struct Handler {
  var start: Int
  var end: Int
  var target: Int
  /// Gets the error: the struct of `catch err` for `try`, a `PendingError` for `unwind_protect`.
  var register: Register?
  var isCleanup: Bool
}

/// Rows of a matrix or cell literal: how many elements each has.
struct Layout {
  var rows: [Int]
  /// Whether an element may be a comma-separated list.
  var spreads: Bool
}

/// `global x` or `persistent x`.
struct SharedDeclaration {
  var name: String
  var register: Register
  var isGlobal: Bool
}

/// A place on the left of `=`: a variable and the steps from it to the part that changes.
struct Place {
  var base: Register
  var name: String
  var steps: [Step]

  enum Step {
    case paren(first: Register, count: Int, spreads: Bool)
    case brace(first: Register, count: Int, spreads: Bool)
    case field(String)
    case dynamicField(Register)
  }
}

/// `end` as subscript `position` of `count` into a place.
struct EndOfPlace {
  var place: Place
  var position: Int
  var count: Int
}

/// An anonymous function as written: its code, and which variables of the frame around it are captured.
final class ClosureTemplate {
  let chunk: Chunk
  let text: String
  let parameterNames: [String]
  /// Register in the enclosing frame and name.
  let captures: [(register: Register, name: String)]

  init(chunk: Chunk, text: String, parameterNames: [String], captures: [(Register, String)]) {
    self.chunk = chunk
    self.text = text
    self.parameterNames = parameterNames
    self.captures = captures.map { (register: $0.0, name: $0.1) }
  }
}
