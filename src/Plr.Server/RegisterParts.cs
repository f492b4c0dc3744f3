using Plr.Core.AccessRequests;
using Plr.Core.Accounts;
using Plr.Core.Audit;
using Plr.Core.Batches;
using Plr.Core.DataChallenges;
using Plr.Core.Duplicates;
using Plr.Core.Journeys;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.MachineClients;
using Plr.Core.Mail;
using Plr.Core.Matching;
using Plr.Core.Moves;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;
using Plr.Core.Reports;
using Plr.Core.Sharing;
using Plr.Server.Documents;
using Plr.Server.Files;
using Plr.Server.Records;
using Plr.Server.SignIn;
using Plr.Server.Web;
using Plr.Store;

namespace Plr.Server;

/// <summary>The time of the system; local time is that of the service's zone, whatever the machine's is.</summary>
internal sealed class ServiceTime(TimeZoneInfo zone) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => zone;
}

/// <summary>What the register is made of, for the web application and the commands alike: engine, stores, operations.</summary>
public static class RegisterParts
{
    public static IServiceCollection AddRegister(this IServiceCollection services, Settings settings, bool isServer)
    {
        services.AddSingleton(settings);
        services.AddSingleton<TimeProvider>(new ServiceTime(TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone)));
        services.AddSingleton(_ => Engine.Open(new StoreOptions(settings.Store.Engine, settings.DataFolder, settings.Store.ConnectionString, isServer)));
        services.AddSingleton(_ => Keys.Read(settings));
        AddStores(services);
        AddOperations(services);
        return services;
    }

    private static void AddStores(IServiceCollection services)
    {
        services.AddSingleton<KeyProof>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditTrail>(parts => parts.GetRequiredService<AuditTrail>());
        services.AddSingleton<UlnIssuer>();
        services.AddSingleton<ILearnerStore, LearnerStore>();
        services.AddSingleton<IDuplicateStore, DuplicateStore>();
        services.AddSingleton<IUlnReports, UlnReports>();
        services.AddSingleton<ILearnerFeed, LearnerFeed>();
        services.AddSingleton<ILearningEventStore, LearningEventStore>();
        services.AddSingleton<IOrganisationStore, OrganisationStore>();
        services.AddSingleton<IQualificationStore, QualificationStore>();
        services.AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<IFactorStore, FactorStore>();
        services.AddSingleton<IPasskeyStore, PasskeyStore>();
        services.AddSingleton<IOutbox, OutboxStore>();
        services.AddSingleton<IJourneyStore, JourneyStore>();
        services.AddSingleton<IBatchStore, BatchStore>();
        services.AddSingleton<DataChallengeStore>();
        services.AddSingleton<IDataChallengeStore>(parts => parts.GetRequiredService<DataChallengeStore>());
        services.AddSingleton<IEvidenceStore, EvidenceStore>();
        services.AddSingleton<IMachineClientStore, MachineClientStore>();
        services.AddSingleton<IdempotentAnswers>();
        services.AddSingleton<IMoveStore, MoveStore>();
        services.AddSingleton<IReportStore, ReportStore>();
        services.AddSingleton<IShareStore, ShareStore>();
        services.AddSingleton<IShareChecks, ShareChecks>();
        services.AddSingleton<ReceiptKey>();
        services.AddSingleton<IHeldDataStore, HeldDataStore>();
        services.AddSingleton<UploadFolder>();
        services.AddSingleton<IBatchFiles>(parts => parts.GetRequiredService<UploadFolder>());
        services.AddSingleton<BatchOutput>();
    }

    private static void AddOperations(IServiceCollection services)
    {
        services.AddSingleton(parts => parts.GetRequiredService<Settings>().Matching.Rules);
        services.AddSingleton(parts => parts.GetRequiredService<Settings>().Matching.Weights());
        services.AddSingleton<LiveIndex>();
        services.AddSingleton<ScanForDuplicates>();
        services.AddSingleton<LearnerFollower>();
        services.AddSingleton<TrainWeights>();
        services.AddSingleton<LearnerLookup>();
        services.AddSingleton<SearchLearners>();
        services.AddSingleton<RegisterLearner>();
        services.AddSingleton<UpdateLearner>();
        services.AddSingleton<FindLearner>();
        services.AddSingleton<GetLearningEvents>();
        services.AddSingleton<GetLearningEvent>();
        AddDuplicates(services);
        AddSharing(services);
        services.AddSingleton<GetReport>();
        services.AddSingleton<RepeatReport>();
        services.AddSingleton<ConfirmReport>();
        services.AddSingleton<Texts>();
        services.AddSingleton<Dates>();
        services.AddSingleton<RecordWords>();
        services.AddSingleton<ReportWords>();
        services.AddSingleton<MakeReport>();
        services.AddSingleton<AuditWords>();
        services.AddSingleton<GiveHeldData>();
        services.AddSingleton<HeldDataIndex>();
        services.AddSingleton<HeldDataZip>();
        services.AddSingleton<IPasswordHasher, PasswordHasher>();
        services.AddSingleton<AddAccount>();
        services.AddSingleton<InviteAccount>();
        services.AddSingleton<SuspendAccount>();
        services.AddSingleton(parts => parts.GetRequiredService<Settings>().SignIn.Rules);
        services.AddSingleton(parts => parts.GetRequiredService<Settings>().Names);
        services.AddSingleton<ChangePassword>();
        services.AddSingleton<Core.Accounts.SignIn>();
        services.AddSingleton<SignInByLink>();
        services.AddSingleton<SendSignInLink>();
        services.AddSingleton<AddMachineClient>();
        services.AddSingleton<AddClientKey>();
        services.AddSingleton<EndClientKey>();
        services.AddSingleton<SuspendMachineClient>();
        services.AddSingleton<GiveToken>();
        services.AddSingleton<ITimedCodes, TimedCodes>();
        services.AddSingleton<GiveFactor>();
        services.AddSingleton<SetUpFactor>();
        services.AddSingleton<RemoveFactor>();
        services.AddSingleton<MakeRecoveryCodes>();
        services.AddSingleton<ResetFactor>();
        services.AddSingleton<AskForPasskey>();
        services.AddSingleton<AddPasskey>();
        services.AddSingleton<RemovePasskey>();
        services.AddSingleton<SignInByPasskey>();
        services.AddSingleton<GivePasskey>();
        services.AddSingleton<EndSessions>();
        services.AddSingleton<AddOrganisation>();
        services.AddSingleton<SuspendOrganisation>();
        AddChallenges(services);
        services.AddSingleton<ImportAwardingOrganisations>();
        services.AddSingleton<ImportQualifications>();
        services.AddSingleton<SubmitBatch>();
        services.AddSingleton<BatchRunner>();
        services.AddSingleton<MoveOrganisations>();
        services.AddSingleton<MoveLearners>();
        services.AddSingleton<MoveLearningEvents>();
        services.AddSingleton<MoveReports>();
        services.AddSingleton<ExportRegister>();
        services.AddSingleton<BackUpRegister>();
    }

    private static void AddSharing(IServiceCollection services)
    {
        services.AddSingleton(parts => parts.GetRequiredService<Settings>().Sharing.Tries);
        services.AddSingleton<CreateShare>();
        services.AddSingleton<ReviewShares>();
        services.AddSingleton<ChangeShare>();
        services.AddSingleton<OpenShare>();
        services.AddSingleton<ViewSharedRecord>();
        services.AddSingleton<MakeReceipt>();
    }

    private static void AddDuplicates(IServiceCollection services)
    {
        services.AddSingleton(parts => new Matcher(parts.GetRequiredService<MatchWeights>()));
        services.AddSingleton<AddPossibleDuplicates>();
        services.AddSingleton<NamePossibleDuplicate>();
        services.AddSingleton<ListPossibleDuplicates>();
        services.AddSingleton<ReviewPossibleDuplicate>();
        services.AddSingleton<MarkNotSamePerson>();
        services.AddSingleton<ProposeLink>();
        services.AddSingleton<ProposeUnlink>();
        services.AddSingleton<ApproveLink>();
        services.AddSingleton<RefuseLink>();
        services.AddSingleton<WithdrawLink>();
        services.AddSingleton<ReviewLink>();
        services.AddSingleton<ListLinks>();
        services.AddSingleton<ViewLinks>();
        services.AddSingleton<VerifyLearner>();
        services.AddSingleton<RetrieveUlns>();
        services.AddSingleton<ReportMergedUlns>();
        services.AddSingleton<ReportDeletedUlns>();
        services.AddSingleton<EvidenceWords>();
        services.AddSingleton<SideBySide>();
    }

    private static void AddChallenges(IServiceCollection services)
    {
        services.AddSingleton(parts => new ChallengeClock(parts.GetRequiredService<Settings>().Challenges.Times));
        services.AddSingleton(parts => parts.GetRequiredService<Settings>().Evidence);
        services.AddSingleton<RaiseChallenge>();
        services.AddSingleton<AddEvidence>();
        services.AddSingleton<AskForInformation>();
        services.AddSingleton<GiveInformation>();
        services.AddSingleton<WithdrawChallenge>();
        services.AddSingleton<AcceptChallenge>();
        services.AddSingleton<RejectChallenge>();
        services.AddSingleton<AskForReview>();
        services.AddSingleton<TendChallenges>();
        services.AddSingleton<ListOwnChallenges>();
        services.AddSingleton<ListChallengesToAnswer>();
        services.AddSingleton<ViewChallenge>();
        services.AddSingleton<ViewEvidence>();
    }

    /// <summary>Opens the register: refuses a database that could lose what it acknowledged, brings the schema up to date, checks the keys.</summary>
    public static async Task OpenRegisterAsync(this IServiceProvider parts, bool migrate, CancellationToken ct = default)
    {
        var engine = parts.GetRequiredService<Engine>();
        await engine.AssertFitAsync(ct);
        var migrator = new Migrator(engine, parts.GetRequiredService<TimeProvider>());
        if (migrate)
        {
            await migrator.ApplyAsync(ct);
        }
        else if ((await migrator.PendingAsync(ct)).Count > 0)
        {
            throw new StoreUnfitException("The database's schema is not up to date: run plr migrate.");
        }

        await KeyCheck.AssertAsync(engine, parts.GetRequiredService<StoreKeys>(), ct);
    }
}
