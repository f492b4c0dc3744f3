using Plr.Core.Imports;
using Plr.Core.Moves;
using Plr.Core.Responses;

namespace Plr.Core.Organisations;

/// <summary>Takes organisations in from another register with their numbers and statuses. Each row is taken or refused by itself; what is held already stays.</summary>
public sealed class MoveOrganisations(IMoveStore store)
{
    private const int RowsInChunk = 1_000;
    private static readonly IReadOnlyDictionary<string, OrganisationStatus> Statuses = MoveWords.Of<OrganisationStatus>();

    /// <summary>Loads.</summary>
    /// <param name="rows">The rows of the file; the headings are those of <see cref="OrganisationColumns"/>.</param>
    /// <param name="refused">Told of each row that is refused.</param>
    /// <param name="progress">Told how many rows are done.</param>
    public async Task<MoveReport> RunAsync(
        IEnumerable<ImportRow> rows, Action<ImportRow, IReadOnlyList<Finding>> refused, IProgress<long>? progress, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.MoveRegister, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal, 0, 0, 0, []);
        }

        var row = 0L;
        var intake = new MoveIntake<Organisation>(
            cells => Read(new MoveCells(cells, new Dictionary<string, Guid>())),
            _ => (++row, 0),
            chunk => store.LoadOrganisationsAsync(chunk, access, ct),
            refused);
        return await intake.RunAsync(rows, RowsInChunk, progress);
    }

    private static (Organisation? Organisation, IReadOnlyList<Finding> Findings) Read(MoveCells cells)
    {
        var organisation = new Organisation
        {
            Id = Guid.CreateVersion7(),
            Number = 0,
            Ukprn = cells.Text("UKPRN"),
            OrganisationRef = cells.Text("OrganisationRef"),
            RecognitionNumber = cells.Text("RecognitionNumber"),
            Name = cells.Needed("Name"),
            Status = cells.Word("Status", Statuses),
            LegalName = cells.Text("LegalName"),
            Acronym = cells.Text("Acronym"),
            Website = cells.Text("Website"),
            RecognitionStatus = cells.Text("RecognitionStatus"),
            RecognisedFrom = cells.Date("RecognisedFrom"),
            RecognisedTo = cells.Date("RecognisedTo"),
        };
        NumbersAreNumbers(organisation, cells);
        return cells.Findings.Count > 0 ? (null, cells.Findings) : (organisation, []);
    }

    private static void NumbersAreNumbers(Organisation organisation, MoveCells cells)
    {
        if (organisation.Ukprn is not null && !Ukprn.TryParse(organisation.Ukprn, out _))
        {
            cells.Refuse("UKPRN", FindingRules.BadUkprn);
        }

        if (organisation.OrganisationRef is not null && !OrganisationRef.TryParse(organisation.OrganisationRef, out _))
        {
            cells.Refuse("OrganisationRef", FindingRules.BadOrganisationRef);
        }

        if (organisation.RecognitionNumber is not null && !RecognitionNumber.TryParse(organisation.RecognitionNumber, out _))
        {
            cells.Refuse("RecognitionNumber", FindingRules.BadRecognitionNumber);
        }

        if ((organisation.Ukprn ?? organisation.OrganisationRef ?? organisation.RecognitionNumber) is null)
        {
            cells.Refuse("UKPRN", FindingRules.NeedsANumber);
        }
    }
}
