#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// `read` and `write` of the system under names that methods called `read` and `write` do not hide.

func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, start, count)
}

func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, start, count)
}
