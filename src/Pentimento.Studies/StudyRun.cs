using Pentimento.Experiments;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Painting;
using Pentimento.Reports.Runs;
using Pentimento.Studies.Chapters;
using Pentimento.Studies.Parts;
using TorchSharp;

namespace Pentimento.Studies;

/// <summary>Runs the seed report chapter by chapter, each a step of one store, and reads it back.</summary>
internal static class StudyRun
{
    private const string PagePrefix = "chapter-";

    private static readonly IReadOnlyList<(string Id, string Title, Action<StudyContext, ChapterWriter> Write)> Chapters =
    [
        ("canvas", "The biased canvas", CanvasChapter.Write),
        ("cheater", "The cheater", CheaterChapter.Write),
        ("smudging", "The cheater: smudging the paint", SmudgingChapter.Write),
        ("prober", "The prober", ProberChapter.Write),
        ("interrogation", "The interrogation", InterrogationChapter.Write),
        ("intervention", "The intervention", InterventionChapter.Write),
        ("cloak", "The invisible cloak", CloakChapter.Write),
        ("decomposition", "The decomposition", DecompositionChapter.Write),
    ];

    /// <summary>Whether a folder holds a study's run.</summary>
    internal static bool Holds(RunFolder folder) => File.Exists(folder.At("recipe.yaml")) && StudyRecipe.Is(folder.At("recipe.yaml"));

    /// <summary>Does what is not done yet.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where results go, and where finished chapters are found.</param>
    /// <param name="library">Where painted canvases are kept.</param>
    /// <param name="run">The device, progress, and cancellation; the seed is the recipe's.</param>
    /// <param name="jobs">How many trainings run at a time.</param>
    /// <param name="on">Where chapters are worked on; by default in this process.</param>
    internal static Study Run(StudyRecipe recipe, string folder, DataLibrary library, RunContext run, int jobs, Placement? on = null)
    {
        using var store = new RunStore(folder);
        SafeFile.Write(store.At("recipe.yaml"), recipe.ToYaml());
        var steps = Steps(recipe, store.Folder, library, jobs);
        var done = new GraphRun(store, run with { Seed = new(recipe.Seed) }) { On = on ?? new() }.Run(steps);
        Gather([.. steps.Select(step => done[step.Name])], store.Folder);
        return Read(new(folder));
    }

    /// <summary>The chapters as steps.</summary>
    internal static IReadOnlyList<Step> Steps(StudyRecipe recipe, string folder, DataLibrary library, int jobs) =>
        [.. Chapters.Select(chapter => StepOf(recipe, chapter, folder, library, jobs))];

    /// <summary>Puts the study together from its finished chapters.</summary>
    internal static void Gather(IReadOnlyList<FinishedStep> chapters, string folder)
    {
        RunFolder.Write(folder, chapters.ToDictionary(step => step.Record.Name, step => (object?)step.Json), chapters);
        foreach (var chapter in chapters) CopyFigures(chapter, folder);
    }

    private static ComputedStep StepOf(
        StudyRecipe recipe, (string Id, string Title, Action<StudyContext, ChapterWriter> Write) chapter, string folder, DataLibrary library,
            int jobs)
    {
        string[] parts =
        [
            Binder.Describe(recipe)!.ToJsonString(),
            RecipeFile.Text(recipe.Hunt),
            RecipeFile.Text(recipe.Smudging),
            $"{Painter.Version}",
        ];
        return new(PagePrefix + chapter.Id, [], parts, (_, place, run) =>
        {
            var threads = torch.get_num_threads();
            var writer = new ChapterWriter(place);
            chapter.Write(new(recipe, folder, library, run, jobs), writer);
            // Sweeps leave one thread to each of their trials.
            torch.set_num_threads(threads);
            return writer.Part(chapter.Id, chapter.Title);
        });
    }

    private static void CopyFigures(FinishedStep chapter, string folder)
    {
        foreach (var file in chapter.Record.Files.Keys.Where(file => file.StartsWith($"{FigureFiles.Place}/", StringComparison.Ordinal)))
        {
            using var source = File.OpenRead(chapter.At(file));
            SafeFile.Write(Path.Combine(folder, file), source.CopyTo);
        }
    }

    /// <summary>A finished study, from its folder alone.</summary>
    /// <exception cref="BadInputException">It is not finished, or its files are not whole.</exception>
    internal static Study Read(RunFolder folder) =>
        new Study(
            StudyRecipe.Read(folder.At("recipe.yaml")),
            [.. Chapters.Select(chapter => folder.Result<StudyPart>(PagePrefix + chapter.Id))],
            Provenance.Read(folder)).Judged();
}
