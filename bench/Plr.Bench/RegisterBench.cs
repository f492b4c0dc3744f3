using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Matching;

namespace Plr.Bench;

/// <summary>
/// Registering with the whole tolerant check inside the transaction, versions and entries in the trail, against the least that can keep one person from getting two numbers: a
/// transaction that takes an advisory lock, looks for the key, inserts a row. Sixteen at once on the same PostgreSQL, turn by turn. A search came before each registration, as it must.
/// </summary>
internal static class RegisterBench
{
    private const int Rounds = 5;
    private const int InRound = 40_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var learners = int.Parse(args.ElementAtOrDefault(0) ?? "200000", CultureInfo.InvariantCulture);
        await using var register = await BenchRegister.OpenAsync("postgres");
        await StoredRegister.FillAsync(register.Engine, learners);
        await register.StartAsync();
        while (!register.Get<LearnerFollower>().IsReady)
        {
            await Task.Delay(100);
        }

        await using var source = NpgsqlDataSource.Create(register.Store.ConnectionString!);
        await using (var table = source.CreateCommand(
            "CREATE TABLE bare_learner (uln bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person_key bigint NOT NULL UNIQUE, given_name text, family_name text, date_of_birth date, gender int, postcode text)"))
        {
            await table.ExecuteNonQueryAsync();
        }

        var college = await register.AddCollegeAsync();
        var access = new Access(new Actor(Roles.LrbOnline, OrganisationId: college.Id), Channel.Rest, Purpose.Enrolment, "bench");
        var people = InventedRegister.Learners(learners + (InRound * (Rounds + 1))).Skip(learners).Select(person => Text(person.Text)).ToArray();
        var ratios = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var own = await OwnAsync(register, people.AsMemory(round * InRound, InRound), access);
            var bare = await BareAsync(source, people.AsMemory(round * InRound, InRound));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  registering {own.Rate}; bare transaction {bare}: ratio {own.Rate.Rate / bare.Rate:F2} ({string.Join(", ", own.Codes.Select(code => $"{code.Key} {code.Value}"))})"));
            if (round > 0)
            {
                ratios.Add(own.Rate.Rate / bare.Rate);
            }
        }

        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"registering, {Load.Connections} at once among {learners} learners: ratio to a bare transaction, median {ratios[Rounds / 2]:F2} (1 wanted)"));
        return 0;
    }

    private static async Task<(Load.Round Rate, Dictionary<string, int> Codes)> OwnAsync(BenchRegister register, ReadOnlyMemory<LearnerText> people, Access access)
    {
        var (search, registering) = (register.Get<SearchLearners>(), register.Get<RegisterLearner>());
        await Parallel.ForAsync(0, people.Length, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, ct) => await search.RunAsync(Asked(people.Span[i]), access, ct));
        var codes = new Dictionary<string, int>();
        var next = -1;
        var rate = await Load.RateAsync(async _ =>
        {
            var at = Interlocked.Increment(ref next);
            var answer = await registering.RunAsync(people.Span[at < people.Length ? at : throw new InvalidOperationException("There are too few people for a round.")], access);
            lock (codes)
            {
                codes[answer.Code.Name] = codes.GetValueOrDefault(answer.Code.Name) + 1;
            }
        });
        return (rate, codes);
    }

    private static Task<Load.Round> BareAsync(NpgsqlDataSource source, ReadOnlyMemory<LearnerText> people)
    {
        var next = -1;
        return Load.RateAsync(async _ =>
        {
            var person = people.Span[Interlocked.Increment(ref next) % people.Length];
            var born = DateOnly.ParseExact(person.DateOfBirth!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            var key = HashCode.Combine(person.GivenName, person.FamilyName, born, person.LastKnownPostCode) + ((long)Interlocked.Increment(ref _bare) << 32);
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock($1)", born.DayNumber);
            await using (var check = Command(connection, "SELECT uln FROM bare_learner WHERE person_key = $1", key))
            {
                await check.ExecuteScalarAsync();
            }

            await ExecuteAsync(
                connection,
                "INSERT INTO bare_learner (person_key, given_name, family_name, date_of_birth, gender, postcode) VALUES ($1, $2, $3, $4, $5, $6)",
                key, person.GivenName!, person.FamilyName!, born, int.Parse(person.Gender!, CultureInfo.InvariantCulture), person.LastKnownPostCode!);
            await transaction.CommitAsync();
        });
    }

    private static int _bare;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(value is int number && sql.Contains("advisory", StringComparison.Ordinal) ? new NpgsqlParameter { Value = (long)number, NpgsqlDbType = NpgsqlDbType.Bigint } : new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static SearchLearners.Request Asked(LearnerText text) => new()
    {
        GivenName = text.GivenName,
        FamilyName = text.FamilyName,
        DateOfBirth = text.DateOfBirth,
        Gender = text.Gender,
        LastKnownPostCode = text.LastKnownPostCode,
    };

    private static LearnerText Text(PersonText text)
    {
        return new()
        {
            GivenName = text.GivenName,
            FamilyName = text.FamilyName,
            DateOfBirth = InventedRegister.Date(text.BirthDate),
            Gender = text.Gender.ToString(CultureInfo.InvariantCulture),
            LastKnownPostCode = text.Postcode,
            AbilityToShare = "1",
            VerificationType = "1",
        };
    }
}
