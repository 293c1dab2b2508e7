import CMatio
import ThetaArrays
import ThetaRuntime
import ThetaText

/// Values as variables of a MAT file of version 4 or 5.
struct MatWriter {
  private let matio: Matio
  private let format: Format

  enum Format {
    case version4
    case version5
    case compressed
  }

  /// The bytes of a file with these variables.
  static func bytes(
    of variables: [(String, Value)], _ format: Format, header: String
  ) throws(MatFileProblem) -> [UInt8] {
    let writer = MatWriter(matio: try Matio.library(), format: format)
    guard let file = TemporaryFile() else {
      throw MatFileProblem("cannot be written: no temporary file can be made")
    }
    let version = format == .version4 ? MAT_FT_MAT4 : MAT_FT_MAT5
    guard let handle = writer.matio.create(file.path, header, version) else {
      throw MatFileProblem("cannot be written")
    }
    var problem: MatFileProblem?
    do throws(MatFileProblem) {
      for (name, value) in variables {
        let variable = try writer.variable(name, value, depth: 0)
        defer { writer.matio.free(variable) }
        let compression = format == .compressed ? MAT_COMPRESSION_ZLIB : MAT_COMPRESSION_NONE
        if writer.matio.write(handle, variable, compression) != 0 {
          throw MatFileProblem("cannot hold '\(name)' (\(value.typeName)) in this format")
        }
      }
    } catch { problem = error }
    _ = writer.matio.close(handle)
    if let problem { throw problem }
    guard let bytes = file.read() else { throw MatFileProblem("cannot be written") }
    return bytes
  }

  private func variable(_ name: String, _ value: Value, depth: Int) throws(MatFileProblem) -> Matio.Variable {
    guard depth < 100 else { throw MatFileProblem("cannot hold '\(name)': it is nested too deeply") }
    let value = value.full
    if format == .version4 { return try variable4(name, value) }
    switch value {
    case .number(let x): return try plain(name, NDArray(scalar: x), MAT_C_DOUBLE, MAT_T_DOUBLE)
    case .real(let a): return try plain(name, a, MAT_C_DOUBLE, MAT_T_DOUBLE)
    case .logical(let b):
      return try plain(name, NDArray<UInt8>(scalar: b ? 1 : 0), MAT_C_UINT8, MAT_T_UINT8, MAT_F_LOGICAL)
    case .boolean(let a):
      return try plain(name, a.map { $0 ? UInt8(1) : 0 }, MAT_C_UINT8, MAT_T_UINT8, MAT_F_LOGICAL)
    case .text(let a, _): return try characters(name, a)
    case .single(let a): return try plain(name, a, MAT_C_SINGLE, MAT_T_SINGLE)
    case .int8(let a): return try plain(name, a, MAT_C_INT8, MAT_T_INT8)
    case .int16(let a): return try plain(name, a, MAT_C_INT16, MAT_T_INT16)
    case .int32(let a): return try plain(name, a, MAT_C_INT32, MAT_T_INT32)
    case .int64(let a): return try plain(name, a, MAT_C_INT64, MAT_T_INT64)
    case .uint8(let a): return try plain(name, a, MAT_C_UINT8, MAT_T_UINT8)
    case .uint16(let a): return try plain(name, a, MAT_C_UINT16, MAT_T_UINT16)
    case .uint32(let a): return try plain(name, a, MAT_C_UINT32, MAT_T_UINT32)
    case .uint64(let a): return try plain(name, a, MAT_C_UINT64, MAT_T_UINT64)
    case .complex(let a): return try complex(name, a, MAT_C_DOUBLE, MAT_T_DOUBLE)
    case .singleComplex(let a): return try complex(name, a, MAT_C_SINGLE, MAT_T_SINGLE)
    case .cell(let cells): return try cell(name, cells, depth)
    case .structure(let s): return try structure(name, s, depth)
    case .undefined, .range, .diagonal, .permutation, .function, .object:
      throw MatFileProblem("cannot hold '\(name)' (\(value.typeName))")
    }
  }

  /// Version 4 has doubles and text in two dimensions, and nothing else.
  private func variable4(_ name: String, _ value: Value) throws(MatFileProblem) -> Matio.Variable {
    if value.shape.is2D {
      if case .text(let a, _) = value { return try plain(name, a, MAT_C_CHAR, MAT_T_UINT8) }
      if let a = value.realArray { return try plain(name, a, MAT_C_DOUBLE, MAT_T_DOUBLE) }
      if let a = value.complexArray { return try complex(name, a, MAT_C_DOUBLE, MAT_T_DOUBLE) }
    }
    throw MatFileProblem("cannot hold '\(name)' (\(value.typeName)) in the format of version 4")
  }

  /// matio copies the sizes and the data.
  private func make(
    _ name: String, _ shape: Shape, _ kind: matio_classes, _ type: matio_types,
    _ data: UnsafeMutableRawPointer?, _ flags: CInt = 0
  ) throws(MatFileProblem) -> Matio.Variable {
    var sizes = shape.sizes
    guard let rank = CInt(exactly: sizes.count),
      let variable = matio.makeVariable(name, kind, type, rank, &sizes, data, flags)
    else { throw MatFileProblem("cannot hold '\(name)': it is too large") }
    return variable
  }

  private func plain<Element>(
    _ name: String, _ array: NDArray<Element>, _ kind: matio_classes, _ type: matio_types,
    _ flag: matio_flags? = nil
  ) throws(MatFileProblem) -> Matio.Variable {
    let variable = try make(
      name, array.shape, kind, type, UnsafeMutableRawPointer(array.base), CInt(flag?.rawValue ?? 0))
    withExtendedLifetime(array) {}
    return variable
  }

  /// Text beyond ASCII goes as UTF-16 where it is a row of UTF-8, as Octave and MATLAB have it, and byte by byte otherwise:
  /// matio counts the characters of UTF-8 where bytes are meant, and writes what lies behind them.
  private func characters(_ name: String, _ array: NDArray<UInt8>) throws(MatFileProblem) -> Matio.Variable {
    guard array.containsElement(where: { $0 > 127 }) else {
      return try plain(name, array, MAT_C_CHAR, MAT_T_UTF8)
    }
    guard array.shape.isRow, let text = String(validating: array.list, as: UTF8.self) else {
      return try plain(name, array, MAT_C_CHAR, MAT_T_UINT8)
    }
    return try plain(name, NDArray<UInt16>(row: Array(text.utf16)), MAT_C_CHAR, MAT_T_UTF16)
  }

  private func complex<Part: ComplexPart & Sendable>(
    _ name: String, _ array: NDArray<Complex<Part>>, _ kind: matio_classes, _ type: matio_types
  ) throws(MatFileProblem) -> Matio.Variable {
    let re = array.map { $0.real }
    let im = array.map { $0.imaginary }
    var parts = mat_complex_split_t(Re: re.base, Im: im.base)
    let variable = try make(name, array.shape, kind, type, &parts, CInt(MAT_F_COMPLEX.rawValue))
    withExtendedLifetime((re, im)) {}
    return variable
  }

  private func cell(
    _ name: String, _ cells: NDArray<Value>, _ depth: Int
  ) throws(MatFileProblem) -> Matio.Variable {
    var children: [Matio.Variable?] = []
    do throws(MatFileProblem) {
      for value in cells { children.append(try variable(name, value, depth: depth + 1)) }
      return try children.withUnsafeMutableBufferPointer { buffer throws(MatFileProblem) in
        try make(name, cells.shape, MAT_C_CELL, MAT_T_CELL, UnsafeMutableRawPointer(buffer.baseAddress))
      }
    } catch {
      for child in children { matio.free(child) }
      throw error
    }
  }

  private func structure(
    _ name: String, _ s: StructArray, _ depth: Int
  ) throws(MatFileProblem) -> Matio.Variable {
    var sizes = s.shape.sizes
    let names = s.names.map { Array($0.utf8CString) }
    let flat = names.flatMap { $0 }
    let made = flat.withUnsafeBufferPointer { text -> Matio.Variable? in
      var addresses: [UnsafePointer<CChar>?] = []
      var position = 0
      for name in names {
        addresses.append(text.baseAddress.map { $0 + position })
        position += name.count
      }
      return matio.makeStruct(name, CInt(sizes.count), &sizes, &addresses, CUnsignedInt(names.count))
    }
    guard let made else { throw MatFileProblem("cannot hold '\(name)'") }
    do throws(MatFileProblem) {
      for (position, value) in s.values.enumerated() {
        let (element, field) = position.quotientAndRemainder(dividingBy: s.names.count)
        let child = try variable(s.names[field], value, depth: depth + 1)
        _ = matio.setField(made, field, element, child)
      }
    } catch {
      matio.free(made)
      throw error
    }
    return made
  }
}
