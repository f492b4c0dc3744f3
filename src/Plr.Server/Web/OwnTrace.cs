using System.Diagnostics;

namespace Plr.Server.Web;

/// <summary>
/// Begins a trace of our own with every request. A caller's <c>traceparent</c> is not gone on with: its id would stand in the trail, where nothing
/// can be taken back, and could be somebody's number or the id of another request.
/// </summary>
internal sealed class OwnTrace : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => [];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
