#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Functions of the C library under names that methods of types here do not hide.

func log(_ x: Double) -> Double {
  #if canImport(Glibc)
    Glibc.log(x)
  #else
    Darwin.log(x)
  #endif
}

package func sine(degrees: Double) -> Double { sin(degrees * .pi / 180) }
package func cosine(degrees: Double) -> Double { cos(degrees * .pi / 180) }

package func atan2(_ y: Double, _ x: Double) -> Double {
  #if canImport(Glibc)
    Glibc.atan2(y, x)
  #else
    Darwin.atan2(y, x)
  #endif
}

package func cubeRoot(_ x: Double) -> Double { cbrt(x) }
