using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Plr.Bench;

/// <summary>The least that an endpoint for a record can do: select the rows, commit one insert durably, return JSON. No sign-in, no policy, no trail.</summary>
internal sealed class BareEndpoint : IAsyncDisposable
{
    private const string Select = """
        SELECT id, version, source, status, subject, subject_code, qualification_type, level, grade, achievement_award_date, achievement_provider_ukprn,
               awarding_organisation_name, language_for_assessment, credits, recorded_at, organisation_id, channel, batch, batch_row, action
        FROM learning_event WHERE uln = @uln ORDER BY achievement_award_date DESC
        """;

    private const string Insert = "INSERT INTO bare_entry (uln, recorded_at, entry) VALUES (@uln, @now, @entry)";
    private readonly WebApplication _app;
    private readonly Func<ValueTask<DbConnection>> _open;
    private readonly IAsyncDisposable? _source;

    private BareEndpoint(WebApplication app, Func<ValueTask<DbConnection>> open, IAsyncDisposable? source)
    {
        _app = app;
        _open = open;
        _source = source;
    }

    public Uri Address => new(_app.Urls.First());

    /// <param name="isTuned">With PostgreSQL's statements prepared and sessions not reset, as the register's own are; else as the driver comes.</param>
    public static async Task<BareEndpoint> StartAsync(BenchRegister register, bool isTuned)
    {
        var (open, source) = Source(register, isTuned);
        await using (var connection = await open())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = source is null
                ? "CREATE TABLE IF NOT EXISTS bare_entry (id INTEGER PRIMARY KEY, uln INTEGER, recorded_at TEXT, entry TEXT)"
                : "CREATE TABLE IF NOT EXISTS bare_entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, uln bigint, recorded_at timestamptz, entry text)";
            await command.ExecuteNonQueryAsync();
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var bare = new BareEndpoint(app, open, source);
        app.MapGet("/bare/{uln:long}", bare.ReadAsync);
        await app.StartAsync();
        return bare;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }
    }

    private static (Func<ValueTask<DbConnection>> Open, IAsyncDisposable? Source) Source(BenchRegister register, bool isTuned)
    {
        if (register.Store.ConnectionString is not { } given)
        {
            var path = $"Data Source={register.DatabaseFile};Default Timeout=30";
            return (async () =>
            {
                var connection = new SqliteConnection(path);
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA synchronous = full";
                await command.ExecuteNonQueryAsync();
                return connection;
            }, null);
        }

        var source = NpgsqlDataSource.Create(isTuned ? new NpgsqlConnectionStringBuilder(given) { MaxAutoPrepare = 64, NoResetOnClose = true }.ConnectionString : given);
        return (async () => await source.OpenConnectionAsync(), source);
    }

    private async Task<IResult> ReadAsync(long uln)
    {
        await using var connection = await _open();
        var events = new List<BareEvent>();
        await using (var select = Command(connection, Select, ("uln", uln)))
        {
            await using var row = await select.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
                events.Add(new(
                    row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4), row.GetString(5), Text(6), Text(7), Text(8),
                    row.IsDBNull(9) ? null : row.GetFieldValue<DateOnly>(9), Text(10), Text(11), Text(12), row.GetInt64(13), row.GetFieldValue<DateTimeOffset>(14),
                    row.IsDBNull(15) ? null : row.GetFieldValue<Guid>(15), row.GetInt32(16), row.IsDBNull(17) ? null : row.GetInt32(17), row.IsDBNull(18) ? null : row.GetInt32(18), row.GetInt32(19)));
            }
        }

        await using var insert = Command(connection, Insert, ("uln", uln), ("now", TimeProvider.System.GetUtcNow()), ("entry", "record-shown"));
        await insert.ExecuteNonQueryAsync();
        return Results.Json(new BareRecord(uln, events));
    }

    private static DbCommand Command(DbConnection connection, string sql, params (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private sealed record BareRecord(long Uln, IReadOnlyList<BareEvent> Events);

    private sealed record BareEvent(
        int Id,
        int Version,
        int Source,
        int Status,
        string Subject,
        string SubjectCode,
        string? QualificationType,
        string? Level,
        string? Grade,
        DateOnly? AchievementAwardDate,
        string? AchievementProviderUkprn,
        string? AwardingOrganisationName,
        string? LanguageForAssessment,
        long Credits,
        DateTimeOffset RecordedAt,
        Guid? OrganisationId,
        int Channel,
        int? Batch,
        int? BatchRow,
        int Action);
}
