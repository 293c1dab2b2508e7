import ThetaArrays
import ThetaRuntime

// Variables by name in any frame, and variables shared between frames.

extension Machine {
  /// Where a variable of a frame lives: a register of the frame or of one that it borrows from, or nil for the
  /// table of unforeseen variables of the root.
  private func register(_ name: String, at index: Int) -> UnsafeMutablePointer<Value>? {
    var index = index
    while index >= 0 {
      let frame = frames + index
      if let slot = frame.pointee.chunk.slots[name] { return frame.pointee.base + Int(slot) }
      index = frame.pointee.parent
    }
    return nil
  }

  private func extra(at index: Int) -> FrameExtra {
    let root = frames + frames[index].root
    if let extra = root.pointee.extra { return extra }
    let extra = FrameExtra()
    root.pointee.extra = extra
    return extra
  }

  /// The value of a variable, or nil.
  func variable(_ name: String, at index: Int) -> Value? {
    let value: Value
    if let register = register(name, at: index) {
      value = register.pointee
    } else {
      value = frames[frames[index].root].extra?.variables[name] ?? .undefined
    }
    if !value.isUndefined { return value }
    // A shared variable may be in the hands of a later frame.
    guard let cell = sharedCell(name, at: index), let owner = cell.owners.last, owner != frames[index].root
    else { return nil }
    let shared = peek(cell)
    return shared.isUndefined ? nil : shared
  }

  func takeVariable(_ name: String, at index: Int) -> Value {
    if let register = register(name, at: index) {
      let value = register.move()
      register.initialize(to: .undefined)
      return value
    }
    return frames[frames[index].root].extra?.variables.removeValue(forKey: name) ?? .undefined
  }

  func storeVariable(_ name: String, _ value: Value, at index: Int) {
    if let register = register(name, at: index) {
      register.pointee = value
    } else {
      extra(at: index).variables[name] = value.isUndefined ? nil : value
    }
  }

  func setVariable(_ name: String, _ value: Value, at index: Int) {
    if let cell = sharedCell(name, at: index), let owner = cell.owners.last, owner != frames[index].root {
      storeVariable(name, value, at: topmost(of: owner))
      return
    }
    storeVariable(name, value, at: index)
  }

  func clearVariable(_ name: String, at index: Int) {
    if let cell = sharedCell(name, at: index) {
      let root = frames[index].root
      release(cell, from: root)
      frames[root].extra?.shared.removeAll { $0 === cell }
    }
    _ = takeVariable(name, at: index)
  }

  func variableNames(at index: Int) -> [String] {
    var names = Set<String>()
    var current = index
    while current >= 0 {
      let frame = frames + current
      for name in frame.pointee.chunk.variables where variable(name, at: index) != nil { names.insert(name) }
      current = frame.pointee.parent
    }
    if let extra = frames[frames[index].root].extra {
      for (name, value) in extra.variables where !value.isUndefined { names.insert(name) }
    }
    return names.sorted()
  }

  /// The topmost frame that runs in the variables of a root frame.
  func topmost(of root: Int) -> Int {
    var index = frameCount - 1
    while index > root, frames[index].root != root { index -= 1 }
    return index
  }

  // MARK: - Shared variables

  func sharedCell(_ name: String, at index: Int) -> SharedCell? {
    frames[frames[index].root].extra?.shared.first { $0.name == name }
  }

  private func peek(_ cell: SharedCell) -> Value {
    guard let owner = cell.owners.last else { return cell.value }
    let index = topmost(of: owner)
    if let register = register(cell.name, at: index) { return register.pointee }
    return frames[owner].extra?.variables[cell.name] ?? .undefined
  }

  /// `global x`, `persistent x`: the frame gets the variable's value into its register. True when the variable
  /// had a value already, so that an initial value is not wanted. A local variable that has a value gives it to a
  /// global one that has none yet.
  func declare(_ declaration: SharedDeclaration) throws(RuntimeError) -> Bool {
    let index = frameCount - 1
    let root = frames[index].root
    let cell = cell(for: declaration, root: root)
    let wasInitialized = cell.isInitialized
    cell.isInitialized = true
    if cell.owners.contains(root) { return true }
    let local = frames[index].base[Int(declaration.register)]
    let isTakenOver = declaration.isGlobal && !local.isUndefined
    if isTakenOver {
      try context.warn("global: '\(declaration.name)' is defined in the current scope.")
      try context.warn("global: in a future version, global variables must be declared before use.")
      if wasInitialized {
        try context.warn("global: global value overrides existing local value")
      } else {
        try context.warn("global: existing local value used to initialize global variable")
        cell.value = local
      }
    }
    var value: Value
    if let owner = cell.owners.last {
      value = takeVariable(cell.name, at: topmost(of: owner))
    } else {
      value = cell.value
      cell.value = .undefined
    }
    if value.isUndefined { value = .emptyMatrix }
    cell.owners.append(root)
    extra(at: index).shared.append(cell)
    frames[index].base[Int(declaration.register)] = value
    return wasInitialized || isTakenOver
  }

  private func cell(for declaration: SharedDeclaration, root: Int) -> SharedCell {
    let name = declaration.name
    if !declaration.isGlobal, let function = frames[root].function {
      if let cell = function.persistents[name] { return cell }
      let cell = SharedCell(name: name)
      if function.persistents.isEmpty { persistentHolders.append(function) }
      function.persistents[name] = cell
      return cell
    }
    if let cell = globals[name] { return cell }
    let cell = SharedCell(name: name)
    globals[name] = cell
    return cell
  }

  /// Ends a root frame's part in a shared variable: the value goes back to the frame that had it before.
  func release(_ cell: SharedCell, from root: Int) {
    guard let position = cell.owners.lastIndex(of: root) else { return }
    let isHolder = position == cell.owners.count - 1
    cell.owners.remove(at: position)
    guard isHolder else { return }
    let value = takeVariable(cell.name, at: topmost(of: root))
    if let owner = cell.owners.last {
      storeVariable(cell.name, value, at: topmost(of: owner))
    } else {
      cell.value = value
    }
  }

  public func resetFunctions(where isChosen: (String) -> Bool) {
    persistentHolders.removeAll { function in
      guard isChosen(function.name), function.persistents.values.allSatisfy({ $0.owners.isEmpty }) else {
        return false
      }
      function.persistents = [:]
      return true
    }
  }

  func clearGlobal(_ name: String, at index: Int) {
    clearVariable(name, at: index)
    guard let cell = globals.removeValue(forKey: name) else { return }
    for owner in cell.owners { _ = takeVariable(name, at: topmost(of: owner)) }
    cell.owners = []
  }
}

/// The variables of one frame for builtins. Valid while the frame is.
struct FrameWorkspace: Workspace {
  let machine: Machine
  let index: Int

  func variable(_ name: String) -> Value? { machine.variable(name, at: index) }
  func setVariable(_ name: String, _ value: Value) { machine.setVariable(name, value, at: index) }
  func clearVariable(_ name: String) { machine.clearVariable(name, at: index) }
  var variableNames: [String] { machine.variableNames(at: index) }

  func isGlobal(_ name: String) -> Bool {
    guard let cell = machine.sharedCell(name, at: index) else { return false }
    return machine.globals[name] === cell
  }

  func clearGlobal(_ name: String) { machine.clearGlobal(name, at: index) }

  func isOutputUsed(_ position: Int) -> Bool {
    let frame = machine.frames + machine.frames[index].root
    guard position >= 0, position < max(frame.pointee.outputs, 1) else { return false }
    return position > 63 || frame.pointee.ignored & (1 << UInt64(position)) == 0
  }

  var argumentCounts: (inputs: Int, outputs: Int) {
    let root = machine.frames[index].root
    return (machine.frames[root].inputs, machine.frames[root].outputs)
  }
}
