using System.Collections.Concurrent;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>
/// Issues ULNs (DESIGN §6): a keyed permutation over the database's sequence, so that each number is given once, in an order nobody can
/// guess, with any number of servers. A stem without a check digit and a ULN that is on the register already (imported) are passed over.
/// </summary>
public sealed class UlnIssuer(StoreKeys keys)
{
    private const string Sequence = "uln_sequence";

    // What PostgreSQL's sequence gave is nobody else's, whatever becomes of the transaction; SQLite's goes back with it.
    private const int Ahead = 32;

    private readonly UlnPermutation _permutation = new(keys.Ulns);
    private readonly ConcurrentQueue<Uln> _drawn = new();

    /// <summary>At most so many ULNs that were drawn ahead, for <see cref="IssueAsync"/> once it is known which of them are on the register.</summary>
    public List<Uln> Drawn(int most)
    {
        var drawn = new List<Uln>();
        while (drawn.Count < most && _drawn.TryDequeue(out var uln))
        {
            drawn.Add(uln);
        }

        return drawn;
    }

    /// <summary>So many fresh ULNs, in the transaction that uses them.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="count">How many.</param>
    /// <param name="drawn">Those that were drawn ahead and are free: they come first, and go back when they are not needed.</param>
    public async Task<Queue<Uln>> IssueAsync(Session session, int count, IReadOnlyCollection<Uln>? drawn = null)
    {
        var issued = new Queue<Uln>(count);
        Take(drawn ?? []);
        while (issued.Count < count)
        {
            var stems = await session.NextAsync(Sequence, count - issued.Count + (session.Engine.Kind == EngineKind.Postgres ? Ahead : 0));
            var ulns = stems.Select(_permutation.UlnAt).OfType<Uln>().ToList();
            var taken = (await session.QueryAsync<long>(TakenSql(session), new { fresh = session.Keys(ulns.Select(uln => uln.Value)) })).ToHashSet();
            Take(ulns.Where(uln => !taken.Contains(uln.Value)));
        }

        return issued;

        void Take(IEnumerable<Uln> free)
        {
            foreach (var uln in free)
            {
                if (issued.Count < count)
                {
                    issued.Enqueue(uln);
                }
                else
                {
                    _drawn.Enqueue(uln);
                }
            }
        }
    }

    /// <summary>Which of the ULNs <c>@fresh</c> are on the register.</summary>
    public static string TakenSql(Session session) => $"SELECT uln FROM learner WHERE {session.AnyOf("uln", "fresh")}";
}
