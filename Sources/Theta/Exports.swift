// What a program that embeds the language names in its own code: values, errors, and the two protocols that
// stand for the terminal and the disk.
@_exported import ThetaArrays
@_exported import ThetaRuntime
