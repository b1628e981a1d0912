namespace Pentimento.Networks;

/// <summary>Writes a node as ONNX nodes.</summary>
/// <param name="writer">Takes the nodes and their weights.</param>
/// <param name="inputs">The ONNX values that the node reads.</param>
/// <returns>The ONNX value that holds its output.</returns>
internal delegate string OnnxForm(OnnxBuilder writer, IReadOnlyList<string> inputs);
