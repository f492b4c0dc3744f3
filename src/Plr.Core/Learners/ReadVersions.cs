namespace Plr.Core.Learners;

/// <summary>Which versions of a learner an update may replace: those that its sender has read, or whichever is current (If-Match of RFC 9110 §13.1.1 says <c>*</c>).</summary>
public sealed class ReadVersions
{
    private readonly IReadOnlyCollection<int>? _listed;

    private ReadVersions(IReadOnlyCollection<int>? listed) => _listed = listed;

    /// <summary>Whichever is current.</summary>
    public static ReadVersions Any { get; } = new(null);

    public static ReadVersions Of(params IReadOnlyCollection<int> listed) => new(listed);

    public static ReadVersions FromInt32(int version) => Of(version);

    public static implicit operator ReadVersions(int version) => Of(version);

    public bool Includes(int version) => _listed is null || _listed.Contains(version);
}
