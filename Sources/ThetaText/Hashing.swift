import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The digests of `hash`: MD4, MD5, SHA-1 and the family of SHA-2. No library that every system has knows them all.
enum Hashing {
  static let table: [Builtin] = [
    Builtin(
      "hashval = hash (hfun, str)",
      """
      The digest of text in hexadecimal, by one of "md4", "md5", "sha1", "sha224", "sha256", "sha384", "sha512".

      >> hash ("md5", "abc")
      ans = 900150983cd24fb0d6963f7d28e17f72

      """, hash)
  ]

  private static func hash(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = try call.string(0, "argument HFUN must be a string").lowercased()
    let text = try CharacterArrays.toText(call[1]).textBytes ?? []
    let digest: Bytes
    switch name {
    case "md4": digest = littleEndian(md4(text))
    case "md5": digest = littleEndian(md5(text))
    case "sha1": digest = bigEndian(sha1(text))
    case "sha224": digest = Bytes(bigEndian(sha256(text, squareRoots[8...].map { low($0) })).prefix(28))
    case "sha256": digest = bigEndian(sha256(text, squareRoots[..<8].map { high($0) }))
    case "sha384": digest = Bytes(bigEndian(sha512(text, Array(squareRoots[8...]))).prefix(48))
    case "sha512": digest = bigEndian(sha512(text, Array(squareRoots[..<8])))
    default: throw RuntimeError("hash function '\(name)' not supported")
    }
    let digits = Bytes(ascii: "0123456789abcdef")
    return .bytes(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  // MARK: Words

  private static func littleEndian(_ words: [UInt32]) -> Bytes { bytes(words) { $0.littleEndian } }
  private static func bigEndian<Word: FixedWidthInteger>(_ words: [Word]) -> Bytes {
    bytes(words) { $0.bigEndian }
  }
  private static func bytes<Word: FixedWidthInteger>(_ words: [Word], _ order: (Word) -> Word) -> Bytes {
    words.flatMap { word in withUnsafeBytes(of: order(word)) { Bytes($0) } }
  }

  /// Text followed by a one bit, zeros and its length in bits, as blocks of sixteen words.
  private static func blocks<Word: FixedWidthInteger>(
    _ text: Bytes, _: Word.Type, isBig: Bool
  ) -> [[Word]] {
    let width = MemoryLayout<Word>.size
    var padded = text + [0x80]
    while padded.count % (16 * width) != 14 * width { padded.append(0) }
    let length = UInt64(text.count) &* 8
    let end = withUnsafeBytes(of: isBig ? length.bigEndian : length.littleEndian) { Bytes($0) }
    padded += Bytes(repeating: 0, count: 2 * width - 8) + end
    return stride(from: 0, to: padded.count, by: 16 * width).map { start in
      (0..<16).map { k in
        let place = start + k * width
        return padded[place..<(place + width)].enumerated().reduce(Word(0)) { word, next in
          word | Word(next.element) << Word(8 * (isBig ? width - 1 - next.offset : next.offset))
        }
      }
    }
  }

  private static func rotated<Word: FixedWidthInteger>(_ x: Word, left n: Int) -> Word {
    x << Word(n) | x >> Word(Word.bitWidth - n)
  }
  private static func rotated<Word: FixedWidthInteger>(_ x: Word, right n: Int) -> Word {
    rotated(x, left: Word.bitWidth - n)
  }

  // MARK: MD4, MD5

  /// RFC 1320.
  private static func md4(_ text: Bytes) -> [UInt32] {
    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
    let orders = [
      Array(0..<16), [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
      [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    ]
    let shifts = [[3, 7, 11, 19], [3, 5, 9, 13], [3, 9, 11, 15]]
    let constants: [UInt32] = [0, 0x5a82_7999, 0x6ed9_eba1]
    for block in blocks(text, UInt32.self, isBig: false) {
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      for round in 0..<3 {
        for k in 0..<16 {
          let mixed =
            round == 0 ? b & c | ~b & d : round == 1 ? b & c | b & d | c & d : b ^ c ^ d
          let sum = a &+ mixed &+ block[orders[round][k]] &+ constants[round]
          (a, b, c, d) = (d, rotated(sum, left: shifts[round][k % 4]), b, c)
        }
      }
      state = zip(state, [a, b, c, d]).map { $0 &+ $1 }
    }
    return state
  }

  /// RFC 1321.
  private static func md5(_ text: Bytes) -> [UInt32] {
    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
    let shifts = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]]
    for block in blocks(text, UInt32.self, isBig: false) {
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      for k in 0..<64 {
        let mixed: UInt32
        let place: Int
        switch k / 16 {
        case 0: (mixed, place) = (b & c | ~b & d, k)
        case 1: (mixed, place) = (d & b | ~d & c, (5 * k + 1) % 16)
        case 2: (mixed, place) = (b ^ c ^ d, (3 * k + 5) % 16)
        default: (mixed, place) = (c ^ (b | ~d), 7 * k % 16)
        }
        let constant = UInt32(abs(sin(Double(k + 1))) * 0x1p32)
        let sum = a &+ mixed &+ block[place] &+ constant
        (a, b, c, d) = (d, b &+ rotated(sum, left: shifts[k / 16][k % 4]), b, c)
      }
      state = zip(state, [a, b, c, d]).map { $0 &+ $1 }
    }
    return state
  }

  // MARK: SHA

  /// FIPS 180-4.
  private static func sha1(_ text: Bytes) -> [UInt32] {
    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
    let constants: [UInt32] = [0x5a82_7999, 0x6ed9_eba1, 0x8f1b_bcdc, 0xca62_c1d6]
    for block in blocks(text, UInt32.self, isBig: true) {
      var w = block
      for k in 16..<80 { w.append(rotated(w[k - 3] ^ w[k - 8] ^ w[k - 14] ^ w[k - 16], left: 1)) }
      var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
      for k in 0..<80 {
        let mixed = k < 20 ? b & c | ~b & d : k >= 40 && k < 60 ? b & c | b & d | c & d : b ^ c ^ d
        let sum = rotated(a, left: 5) &+ mixed &+ e &+ constants[k / 20] &+ w[k]
        (a, b, c, d, e) = (sum, a, rotated(b, left: 30), c, d)
      }
      state = zip(state, [a, b, c, d, e]).map { $0 &+ $1 }
    }
    return state
  }

  /// The rotations of SHA-2: two sums of three for the state, two of two and a shift for the words.
  private struct Rotations {
    var a: [Int]
    var e: [Int]
    var early: [Int]
    var late: [Int]
  }

  private static func sha256(_ text: Bytes, _ start: [UInt32]) -> [UInt32] {
    sha2(
      text, start, cubeRoots.prefix(64).map { high($0) },
      Rotations(a: [2, 13, 22], e: [6, 11, 25], early: [7, 18, 3], late: [17, 19, 10]))
  }

  private static func sha512(_ text: Bytes, _ start: [UInt64]) -> [UInt64] {
    sha2(
      text, start, cubeRoots,
      Rotations(a: [28, 34, 39], e: [14, 18, 41], early: [1, 8, 7], late: [19, 61, 6]))
  }

  private static func sha2<Word: FixedWidthInteger>(
    _ text: Bytes, _ start: [Word], _ constants: [Word], _ turns: Rotations
  ) -> [Word] {
    func sum(_ x: Word, _ by: [Int]) -> Word {
      rotated(x, right: by[0]) ^ rotated(x, right: by[1]) ^ rotated(x, right: by[2])
    }
    func mixed(_ x: Word, _ by: [Int]) -> Word {
      rotated(x, right: by[0]) ^ rotated(x, right: by[1]) ^ x >> Word(by[2])
    }
    var state = start
    for block in blocks(text, Word.self, isBig: true) {
      var w = block
      for k in 16..<constants.count {
        w.append(mixed(w[k - 2], turns.late) &+ w[k - 7] &+ mixed(w[k - 15], turns.early) &+ w[k - 16])
      }
      var s = state
      for k in constants.indices {
        let choice = s[4] & s[5] ^ ~s[4] & s[6]
        let majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]
        let first = s[7] &+ sum(s[4], turns.e) &+ choice &+ constants[k] &+ w[k]
        let second = sum(s[0], turns.a) &+ majority
        s = [first &+ second, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
      }
      state = zip(state, s).map { $0 &+ $1 }
    }
    return state
  }

  private static func high(_ x: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: x >> 32) }
  private static func low(_ x: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: x) }

  /// The first 64 bits behind the point of the square roots of the first sixteen primes.
  private static let squareRoots: [UInt64] = [
    0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
    0xcbbb_9d5d_c105_9ed8, 0x629a_292a_367c_d507, 0x9159_015a_3070_dd17, 0x152f_ecd8_f70e_5939,
    0x6733_2667_ffc0_0b31, 0x8eb4_4a87_6858_1511, 0xdb0c_2e0d_64f9_8fa7, 0x47b5_481d_befa_4fa4,
  ]

  /// The same of the cube roots of the first eighty.
  private static let cubeRoots: [UInt64] = [
    0x428a_2f98_d728_ae22, 0x7137_4491_23ef_65cd, 0xb5c0_fbcf_ec4d_3b2f, 0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538, 0x59f1_11f1_b605_d019, 0x923f_82a4_af19_4f9b, 0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242, 0x1283_5b01_4570_6fbe, 0x2431_85be_4ee4_b28c, 0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f, 0x80de_b1fe_3b16_96b1, 0x9bdc_06a7_25c7_1235, 0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2, 0xefbe_4786_384f_25e3, 0x0fc1_9dc6_8b8c_d5b5, 0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275, 0x4a74_84aa_6ea6_e483, 0x5cb0_a9dc_bd41_fbd4, 0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab, 0xa831_c66d_2db4_3210, 0xb003_27c8_98fb_213f, 0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2, 0xd5a7_9147_930a_a725, 0x06ca_6351_e003_826f, 0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc, 0x2e1b_2138_5c26_c926, 0x4d2c_6dfc_5ac4_2aed, 0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de, 0x766a_0abb_3c77_b2a8, 0x81c2_c92e_47ed_aee6, 0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364, 0xa81a_664b_bc42_3001, 0xc24b_8b70_d0f8_9791, 0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218, 0xd699_0624_5565_a910, 0xf40e_3585_5771_202a, 0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8, 0x1e37_6c08_5141_ab53, 0x2748_774c_df8e_eb99, 0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63, 0x4ed8_aa4a_e341_8acb, 0x5b9c_ca4f_7763_e373, 0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc, 0x78a5_636f_4317_2f60, 0x84c8_7814_a1f0_ab72, 0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28, 0xa450_6ceb_de82_bde9, 0xbef9_a3f7_b2c6_7915, 0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c, 0xd186_b8c7_21c0_c207, 0xeada_7dd6_cde0_eb1e, 0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba, 0x0a63_7dc5_a2c8_98a6, 0x113f_9804_bef9_0dae, 0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84, 0x32ca_ab7b_40c7_2493, 0x3c9e_be0a_15c9_bebc, 0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6, 0x597f_299c_fc65_7e2a, 0x5fcb_6fab_3ad6_faec, 0x6c44_198c_4a47_5817,
  ]
}
