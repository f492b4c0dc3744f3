using Plr.Core.Qualifications;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Server.Rest;

/// <summary>One qualification or unit, with the grades that can be given for it where the register knows its scale.</summary>
internal sealed record QualificationShown(Qualification Qualification, IReadOnlyList<string>? Grades)
{
    public static QualificationShown Of(Qualification found) => new(found, GradeScale.Of(found.Type) is { } scale ? [.. scale] : null);
}

/// <summary>The register of qualifications, open to all.</summary>
internal static class QualificationRoutes
{
    private const int LongestOwner = 20;

    public static async Task<RestAnswer> ListAsync(HttpContext context, IQualificationStore qualifications)
    {
        var (limit, after, refusal) = RestCall.PageOf(context.Request);
        var owner = context.Request.Query["awardingOrganisation"].ToString();
        if (refusal is not null || (after is not null && !WireText.IsStorable(after)) || owner.Length > LongestOwner || !WireText.IsStorable(owner))
        {
            return refusal ?? RestAnswer.Refuse(ResponseCodes.BadRequest, "cursor is the value of next in an earlier answer; awardingOrganisation is a recognition number such as RN5196.");
        }

        var found = await qualifications.ListAsync(after, owner.Length == 0 ? null : owner, limit + 1, context.RequestAborted);
        return RestAnswer.Of(200, RestCall.Page(found, limit, QualificationShown.Of, qualification => qualification.Number));
    }

    public static async Task<RestAnswer> GetAsync(string number, HttpContext context, IQualificationStore qualifications) =>
        QualificationNumber.TryParse(number.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), out var parsed)
        && await qualifications.GetAsync(parsed.Value, context.RequestAborted) is { } found
            ? RestAnswer.Of(200, QualificationShown.Of(found))
            : RestAnswer.Refuse(ResponseCodes.NotFound, "Write the number with or without its obliques: 600/1166/X or 6001166X.");
}
