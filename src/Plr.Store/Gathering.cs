using System.Data.Common;

namespace Plr.Store;

/// <summary>
/// What is asked at the same moment is answered in one transaction: who finds the turns taken waits for the next and shares it with all who wait. So a
/// reading's durable entry costs a share of a commit (DESIGN §6, Audit: group commit), and its statements a share of their round trips.
/// </summary>
/// <param name="turns">How many turns go on at once. One is begun beside another only for a full house: few small turns cost more than fewer large ones.</param>
/// <param name="answer">Answers asks in their order, in one transaction.</param>
internal sealed class Gathering<TAsk, TAnswer>(int turns, Func<IReadOnlyList<TAsk>, Task<IReadOnlyList<TAnswer>>> answer)
{
    private const int LargestTurn = 64;
    private const int FullHouse = 8;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = [];
    private int _underWay;

    /// <summary>Ends when the turn that holds the ask is committed.</summary>
    /// <param name="ask">What is asked.</param>
    /// <param name="ct">Whoever leaves before their turn is not asked for.</param>
    public Task<TAnswer> AskAsync(TAsk ask, CancellationToken ct)
    {
        var waiting = new Waiting(ask, ct);
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            if (_underWay == turns || (_underWay > 0 && _waiting.Count < FullHouse))
            {
                return waiting.Answered.Task;
            }

            _underWay++;
        }

        // A turn is nobody's own: it goes on for others, without the context (transaction, trace) of whoever began it.
        ThreadPool.UnsafeQueueUserWorkItem(static gathering => _ = gathering.TakeTurnsAsync(), this, preferLocal: false);
        return waiting.Answered.Task;
    }

    private async Task TakeTurnsAsync()
    {
        while (Next() is { Count: > 0 } turn)
        {
            await AnswerAsync(turn);
        }
    }

    private List<Waiting> Next()
    {
        var turn = new List<Waiting>();
        lock (_lock)
        {
            // Whoever is left is taken by a turn that is still under way.
            var isWorthIt = _underWay == 1 || _waiting.Count >= FullHouse;
            while (isWorthIt && turn.Count < LargestTurn && _waiting.TryDequeue(out var next))
            {
                if (next.Cancellation.IsCancellationRequested)
                {
                    next.Answered.SetCanceled(next.Cancellation);
                }
                else
                {
                    turn.Add(next);
                }
            }

            if (turn.Count == 0)
            {
                _underWay--;
            }
        }

        return turn;
    }

    private async Task AnswerAsync(List<Waiting> turn)
    {
        try
        {
            var answers = await answer([.. turn.Select(waiting => waiting.Ask)]);
            for (var i = 0; i < turn.Count; i++)
            {
                turn[i].Answered.TrySetResult(answers[i]);
            }
        }
        catch (Exception e) when (turn.Count > 1 && e is not (StoreFullException or TimeoutException or DbException { IsTransient: true }))
        {
            // What is wrong may be one ask's own: the others are not to bear it.
            foreach (var waiting in turn)
            {
                await AnswerAsync([waiting]);
            }
        }
        catch (Exception e)
        {
            foreach (var waiting in turn)
            {
                waiting.Answered.TrySetException(e);
            }
        }
    }

    private sealed class Waiting(TAsk ask, CancellationToken ct)
    {
        public TAsk Ask { get; } = ask;

        public CancellationToken Cancellation { get; } = ct;

        public TaskCompletionSource<TAnswer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
