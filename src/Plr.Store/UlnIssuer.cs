using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>
/// Issues ULNs (DESIGN §6): a keyed permutation over the database's sequence, so that each number is given once, in an order nobody can
/// guess, with any number of servers. A stem without a check digit and a ULN that is on the register already (imported) are passed over.
/// </summary>
public sealed class UlnIssuer(StoreKeys keys)
{
    private const string Sequence = "uln_sequence";
    private readonly UlnPermutation _permutation = new(keys.Ulns);

    /// <summary>So many fresh ULNs, in the transaction that uses them.</summary>
    public async Task<Queue<Uln>> IssueAsync(Session session, int count)
    {
        var issued = new Queue<Uln>(count);
        while (issued.Count < count)
        {
            var stems = await session.NextAsync(Sequence, count - issued.Count);
            var ulns = stems.Select(_permutation.UlnAt).OfType<Uln>().ToList();
            var taken = (await session.QueryAsync<long>(
                $"SELECT uln FROM learner WHERE {session.AnyOf("uln", "ulns")}", new { ulns = session.Keys(ulns.Select(uln => uln.Value)) })).ToHashSet();
            foreach (var uln in ulns.Where(uln => !taken.Contains(uln.Value)))
            {
                issued.Enqueue(uln);
            }
        }

        return issued;
    }
}
