using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Pentimento.Experiments.Store;

/// <summary>
/// The finished steps of a store as a table on the reader's own disk, so that a million of them are known without a million files being opened.
/// </summary>
/// <remarks>
/// The folders are the truth. A new index is read off them; from then on it follows the journals. It is never shared, because SQLite's locks do not
/// hold on network file systems, and it may be deleted at any time.
/// </remarks>
internal sealed class StoreIndex : IDisposable
{
    private const string Schema =
        """
        create table if not exists steps (name text not null, key text not null, seconds real not null, processor text not null, job text not null,
            primary key (name, key)) without rowid;
        create table if not exists journals (file text primary key, offset integer not null) without rowid;
        create table if not exists facts (name text primary key, value text not null) without rowid;
        """;

    private readonly RunStore store;
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, long> offsets = [];
    private readonly JournalReader journals;

    private StoreIndex(RunStore store, string source)
    {
        this.store = store;
        connection = new(new SqliteConnectionStringBuilder { DataSource = source, Pooling = false }.ToString());
        connection.Open();
        Execute("pragma journal_mode = wal; pragma synchronous = off;");
        Execute(Schema);
        journals = new(store.At(StepJournal.Place), offsets);
    }

    /// <summary>Opens the index of a store, and reads it off the folders where it is new.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cache">A folder on the reader's own disk; empty to keep the index in memory.</param>
    public static StoreIndex Open(RunStore store, string cache)
    {
        var index = new StoreIndex(store, cache.Length == 0 ? ":memory:" : FileOf(store, cache));
        index.Load();
        if (index.Fact("built") is null) index.Rebuild();
        return index;
    }

    /// <summary>How many steps it knows.</summary>
    public long Count => (long)Scalar("select count(*) from steps")!;

    /// <summary>Reads everything off the folders again.</summary>
    public void Rebuild()
    {
        using var transaction = connection.BeginTransaction();
        Execute("delete from steps; delete from journals;");
        offsets.Clear();
        // The journals first: what is finished while the folders are read is in one of both.
        Insert(journals.Read());
        Insert(store.Records().Select(record => new JournalLine(record.Name, record.Key, record.Seconds, record.Processor ?? "", "")));
        Keep();
        Execute("insert or replace into facts values ('built', 'yes')");
        transaction.Commit();
    }

    /// <summary>Reads what was finished since the last look.</summary>
    /// <returns>Those steps.</returns>
    public IReadOnlyList<JournalLine> Refresh()
    {
        var added = journals.Read();
        if (added.Count == 0) return added;
        using var transaction = connection.BeginTransaction();
        Insert(added);
        Keep();
        transaction.Commit();
        return added;
    }

    /// <summary>A finished step; null where none is known.</summary>
    public JournalLine? Find(string name, string key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select seconds, processor, job from steps where name = $name and key = $key";
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$key", key);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new(name, key, reader.GetDouble(0), reader.GetString(1), reader.GetString(2)) : null;
    }

    /// <summary>Forgets a step that is not whole.</summary>
    public void Forget(string name, string key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "delete from steps where name = $name and key = $key";
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$key", key);
        command.ExecuteNonQuery();
    }

    /// <summary>The kinds of processors that computed the steps.</summary>
    public IReadOnlyList<string> Processors()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select distinct processor from steps where processor <> '' order by processor";
        using var reader = command.ExecuteReader();
        var kinds = new List<string>();
        while (reader.Read()) kinds.Add(reader.GetString(0));
        return kinds;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static string FileOf(RunStore store, string cache)
    {
        var folder = Path.Combine(cache, "stores");
        Directory.CreateDirectory(folder);
        // A folder that was deleted and made anew is another store.
        Directory.CreateDirectory(store.Folder);
        var made = Directory.GetCreationTimeUtc(store.Folder).Ticks;
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{store.Folder}\n{made}")))[..32];
        return Path.Combine(folder, $"{name}.sqlite");
    }

    private void Load()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select file, offset from journals";
        using var reader = command.ExecuteReader();
        while (reader.Read()) offsets[reader.GetString(0)] = reader.GetInt64(1);
    }

    private void Insert(IEnumerable<JournalLine> lines)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "insert or ignore into steps values ($name, $key, $seconds, $processor, $job)";
        var (name, key, seconds) = (Parameter("$name"), Parameter("$key"), Parameter("$seconds"));
        var (processor, job) = (Parameter("$processor"), Parameter("$job"));
        foreach (var line in lines)
        {
            if (line.IsGone)
            {
                if (!store.IsFinished(StepRecord.Place(line.Name, line.Key))) Forget(line.Name, line.Key);
                continue;
            }

            (name.Value, key.Value, seconds.Value, processor.Value, job.Value) = (line.Name, line.Key, line.Seconds, line.Processor, line.Job);
            command.ExecuteNonQuery();
        }

        SqliteParameter Parameter(string called)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = called;
            command.Parameters.Add(parameter);
            return parameter;
        }
    }

    private void Keep()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "insert or replace into journals values ($file, $offset)";
        foreach (var (file, offset) in offsets)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$file", file);
            command.Parameters.AddWithValue("$offset", offset);
            command.ExecuteNonQuery();
        }
    }

    private string? Fact(string name) => (string?)Scalar($"select value from facts where name = '{name}'");

    private object? Scalar(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
