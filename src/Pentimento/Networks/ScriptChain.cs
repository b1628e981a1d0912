using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>Takes a script apart into its children where calling them one after the other gives what the whole gives, to the last bit.</summary>
internal static class ScriptChain
{
    /// <summary>The children as nodes, each a cut; null where their chain is not the whole, as in a block with a way around.</summary>
    /// <param name="script">In evaluation mode.</param>
    /// <param name="name">What names begin with.</param>
    /// <param name="from">The name of the value that it reads.</param>
    /// <param name="input">That value, of a few images.</param>
    /// <param name="output">What the script makes of it.</param>
    public static List<Node>? Of(jit.ScriptModule script, string name, string from, Tensor input, Tensor output)
    {
        using var scope = NewDisposeScope();
        var (value, nodes) = (input, new List<Node>());
        foreach (var (own, child) in script.named_children())
        {
            if (child is not jit.ScriptModule part) return null;
            var next = Answer(part, value);
            if (next is null && value.dim() == 4)
            {
                // What stands between maps and a linear map is no child of its own.
                value = value.flatten(1);
                from = Add(nodes, Flat($"{name}{own}.flat", from));
                next = Answer(part, value);
            }

            if (next is null) return null;
            var inner = Of(part, $"{name}{own}.", from, value, next) ?? [Whole(part, $"{name}{own}", from, value, next)];
            foreach (var node in inner) from = Add(nodes, node);
            value = next;
        }

        return nodes.Count > 0 && value.shape.SequenceEqual(output.shape) && value.equal(output).all().item<bool>() ? nodes : null;
    }

    /// <summary>A script as one node.</summary>
    public static Node Whole(jit.ScriptModule script, string name, string from, Tensor input, Tensor output)
    {
        var part = new ScriptPart(script);
        var bare = !script.named_parameters().Any();
        return new(name, RoleOf(input, output, bare), [from], [name], (inputs, _) => [part.Call(inputs[0]!)])
        {
            Module = part,
            Maps = output.dim() == 4,
            Rectified = bare && output.shape.SequenceEqual(input.shape) && output.equal(input.relu()).all().item<bool>(),
        };
    }

    private static Tensor? Answer(jit.ScriptModule part, Tensor value)
    {
        try
        {
            return part.invoke("forward", value) as Tensor;
        }
        catch (ExternalException)
        {
            return null;
        }
    }

    private static NodeRole RoleOf(Tensor input, Tensor output, bool bare)
    {
        if (output.dim() != 4) return NodeRole.Other;
        if (bare && output.shape[2] * output.shape[3] < input.shape[2] * input.shape[3]) return NodeRole.Pool;
        // Behind a rectifier, or a block that ends in one, there is nothing below zero.
        var acts = output.min().item<float>() >= 0 || (bare && !output.equal(input).all().item<bool>());
        return acts ? NodeRole.Activation : NodeRole.Other;
    }

    private static Node Flat(string name, string from) =>
        new(name, NodeRole.Passage, [from], [name], (inputs, _) => [inputs[0]!.flatten(1)]) { Maps = false };

    private static string Add(List<Node> nodes, Node node)
    {
        nodes.Add(node);
        return node.Outputs[0];
    }
}
