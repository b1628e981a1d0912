using System.Globalization;
using BenchmarkDotNet.Running;
using Pentimento.Benchmarks;

int Number(int at, int usual) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : usual;
if (args is ["onnx-runtime", var file, ..]) OnnxRuntimeRounds.Print(file, Number(2, 32), Number(3, Environment.ProcessorCount));
else BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
