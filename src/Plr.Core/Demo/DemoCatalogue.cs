namespace Plr.Core.Demo;

/// <summary>A qualification of the demo: facts of the register of qualifications.</summary>
/// <param name="Owner">The awarding organisation's recognition number.</param>
/// <param name="Subject">What it is about, by which the demo picks one.</param>
internal sealed record DemoQualification(string Number, string Title, string Owner, string Level, string Type, string Subject);

/// <summary>
/// What can be studied in the demo: some sixty common qualifications under their true numbers and titles (the regulator's register, Open
/// Government Licence), the organisations that award them, and schools and colleges that do not exist.
/// </summary>
internal static class DemoCatalogue
{
    public const string Gcse = "GCSE (9 to 1)";
    public const string ALevel = "GCE A Level";
    public const string AsLevel = "GCE AS Level";
    public const string FunctionalSkills = "Functional Skills";
    public const string Btec = "Vocationally-Related Qualification";

    /// <summary>The college whose clerk and tutor the demo knows.</summary>
    public const string College = "10990006";

    /// <summary>The awarding organisation whose exams officer the demo knows.</summary>
    public const string ExamsOffice = "RN5196";

    public static IReadOnlyList<(string Number, string Name, string Acronym)> AwardingOrganisations { get; } =
    [
        ("RN5196", "AQA Education", "AQA"),
        ("RN5193", "OCR", "OCR"),
        ("RN5133", "Pearson Education Ltd", "Pearson"),
        ("RN5172", "WJEC-CBAC", "WJEC"),
        ("RN5217", "City and Guilds of London Institute", "City & Guilds"),
        ("RN5156", "NCFE", "NCFE"),
    ];

    /// <summary>Schools first, then the two colleges. Their numbers are in a range that no provider has.</summary>
    public static IReadOnlyList<(string Ukprn, string Name)> Providers { get; } =
    [
        ("10990001", "Ashcombe Vale School"),
        ("10990002", "St Oswin's Academy"),
        ("10990003", "Ysgol Dyffryn Helyg"),
        ("10990004", "Harrowmere High School"),
        ("10990005", "Thornley Bridge School"),
        ("10990006", "Brindle Valley College"),
        ("10990007", "Saltmarsh Sixth Form College"),
    ];

    /// <summary>How many of the providers are schools.</summary>
    public const int Schools = 5;

    public static IReadOnlyList<DemoQualification> All { get; } =
    [
        new("601/4292/3", "AQA Level 1/Level 2 GCSE (9-1) in English Language", "RN5196", "Level 1/Level 2", Gcse, "English Language"),
        new("601/4575/4", "OCR Level 1/Level 2 GCSE (9-1) in English Language", "RN5193", "Level 1/Level 2", Gcse, "English Language"),
        new("601/4836/6", "Pearson Edexcel Level 1/Level 2 GCSE (9-1) in English Language", "RN5133", "Level 1/Level 2", Gcse, "English Language"),
        new("601/4505/5", "WJEC Eduqas Level 1/Level 2 GCSE (9-1) in English Language", "RN5172", "Level 1/Level 2", Gcse, "English Language"),
        new("601/4447/6", "AQA Level 1/Level 2 GCSE (9-1) in English Literature", "RN5196", "Level 1/Level 2", Gcse, "English Literature"),
        new("601/4872/X", "OCR Level 1/Level 2 GCSE (9-1) in English Literature", "RN5193", "Level 1/Level 2", Gcse, "English Literature"),
        new("601/4789/1", "Pearson Edexcel Level 1/Level 2 GCSE (9-1) in English Literature", "RN5133", "Level 1/Level 2", Gcse, "English Literature"),
        new("601/5246/1", "WJEC Eduqas Level 1/Level 2 GCSE (9-1) in English Literature", "RN5172", "Level 1/Level 2", Gcse, "English Literature"),
        new("601/4608/4", "AQA Level 1/Level 2 GCSE (9-1) in Mathematics", "RN5196", "Level 1/Level 2", Gcse, "Mathematics"),
        new("601/4606/0", "OCR Level 1/Level 2 GCSE (9-1) in Mathematics", "RN5193", "Level 1/Level 2", Gcse, "Mathematics"),
        new("601/4700/3", "Pearson Edexcel Level 1/Level 2 GCSE (9-1) in Mathematics", "RN5133", "Level 1/Level 2", Gcse, "Mathematics"),
        new("601/5503/6", "WJEC Eduqas Level 1/Level 2 GCSE (9-1) in Mathematics", "RN5172", "Level 1/Level 2", Gcse, "Mathematics"),
        new("603/1164/2", "AQA Level 3 Advanced GCE in Mathematics", "RN5196", "Level 3", ALevel, "Mathematics"),
        new("603/1841/7", "AQA Level 3 Advanced GCE in Further Mathematics", "RN5196", "Level 3", ALevel, "Further Mathematics"),
        new("601/4640/0", "AQA Level 3 Advanced GCE in English Language", "RN5196", "Level 3", ALevel, "English Language"),
        new("601/5327/1", "AQA Level 3 Advanced GCE in English Literature A", "RN5196", "Level 3", ALevel, "English Literature"),
        new("601/5328/3", "AQA Level 3 Advanced GCE in English Literature B", "RN5196", "Level 3", ALevel, "English Literature"),
        new("601/4641/2", "AQA Level 3 Advanced GCE in English Language and Literature", "RN5196", "Level 3", ALevel, "English Language and Literature"),
        new("603/1038/8", "OCR Level 3 Advanced GCE in Mathematics A", "RN5193", "Level 3", ALevel, "Mathematics"),
        new("603/1002/9", "OCR Level 3 Advanced GCE in Mathematics B (MEI)", "RN5193", "Level 3", ALevel, "Mathematics"),
        new("603/1325/0", "OCR Level 3 Advanced GCE in Further Mathematics A", "RN5193", "Level 3", ALevel, "Further Mathematics"),
        new("603/1364/X", "OCR Level 3 Advanced GCE in Further Mathematics B (MEI)", "RN5193", "Level 3", ALevel, "Further Mathematics"),
        new("601/4702/7", "OCR Level 3 Advanced GCE in English Language", "RN5193", "Level 3", ALevel, "English Language"),
        new("601/4725/8", "OCR Level 3 Advanced GCE in English Literature", "RN5193", "Level 3", ALevel, "English Literature"),
        new("601/4704/0", "OCR Level 3 Advanced GCE in English Language and Literature (EMC)", "RN5193", "Level 3", ALevel, "English Language and Literature"),
        new("603/1333/X", "Pearson Edexcel Level 3 Advanced GCE in Mathematics", "RN5133", "Level 3", ALevel, "Mathematics"),
        new("603/1499/0", "Pearson Edexcel Level 3 Advanced GCE in Further Mathematics", "RN5133", "Level 3", ALevel, "Further Mathematics"),
        new("601/5009/9", "Pearson Edexcel Level 3 Advanced GCE in English Language", "RN5133", "Level 3", ALevel, "English Language"),
        new("601/5046/4", "Pearson Edexcel Level 3 Advanced GCE in English Literature", "RN5133", "Level 3", ALevel, "English Literature"),
        new("601/4912/7", "Pearson Edexcel Level 3 Advanced GCE in English Language and Literature", "RN5133", "Level 3", ALevel, "English Language and Literature"),
        new("601/5043/9", "WJEC Eduqas Level 3 Advanced GCE in English Language", "RN5172", "Level 3", ALevel, "English Language"),
        new("601/4870/6", "WJEC Eduqas Level 3 Advanced GCE in English Literature", "RN5172", "Level 3", ALevel, "English Literature"),
        new("601/5022/1", "WJEC Eduqas Level 3 Advanced GCE in English Language and Literature", "RN5172", "Level 3", ALevel, "English Language and Literature"),
        new("603/1165/4", "AQA Level 3 Advanced Subsidiary GCE in Mathematics", "RN5196", "Level 3", AsLevel, "Mathematics"),
        new("601/4846/9", "AQA Level 3 Advanced Subsidiary GCE in English Language", "RN5196", "Level 3", AsLevel, "English Language"),
        new("601/5259/X", "AQA Level 3 Advanced Subsidiary GCE in English Literature A", "RN5196", "Level 3", AsLevel, "English Literature"),
        new("603/0933/7", "OCR Level 3 Advanced Subsidiary GCE in Mathematics A", "RN5193", "Level 3", AsLevel, "Mathematics"),
        new("601/4703/9", "OCR Level 3 Advanced Subsidiary GCE in English Language", "RN5193", "Level 3", AsLevel, "English Language"),
        new("601/4726/X", "OCR Level 3 Advanced Subsidiary GCE in English Literature", "RN5193", "Level 3", AsLevel, "English Literature"),
        new("603/1307/9", "Pearson Edexcel Level 3 Advanced Subsidiary GCE in Mathematics", "RN5133", "Level 3", AsLevel, "Mathematics"),
        new("601/5047/6", "Pearson Edexcel Level 3 Advanced Subsidiary GCE in English Literature", "RN5133", "Level 3", AsLevel, "English Literature"),
        new("601/4849/4", "Pearson Edexcel Level 3 Advanced Subsidiary GCE in English Language", "RN5133", "Level 3", AsLevel, "English Language"),
        new("601/5044/0", "WJEC Eduqas Level 3 Advanced Subsidiary GCE in English Language", "RN5172", "Level 3", AsLevel, "English Language"),
        new("601/4871/8", "WJEC Eduqas Level 3 Advanced Subsidiary GCE in English Literature", "RN5172", "Level 3", AsLevel, "English Literature"),
        new("603/4258/4", "AQA Functional Skills qualification in Mathematics at Level 2", "RN5196", "Level 2", FunctionalSkills, "Mathematics"),
        new("500/9126/8", "AQA Functional Skills qualification in English at Level 2", "RN5196", "Level 2", FunctionalSkills, "English"),
        new("603/4654/1", "OCR Level 2 Functional Skills English", "RN5193", "Level 2", FunctionalSkills, "English"),
        new("603/4650/4", "OCR Level 2 Functional Skills Mathematics", "RN5193", "Level 2", FunctionalSkills, "Mathematics"),
        new("603/4290/0", "Pearson Edexcel Functional Skills Qualification in English at Level 2", "RN5133", "Level 2", FunctionalSkills, "English"),
        new("603/4268/7", "Pearson Edexcel Functional Skills Qualification in Mathematics Level 2", "RN5133", "Level 2", FunctionalSkills, "Mathematics"),
        new("603/4647/4", "City & Guilds Functional Skills Qualification in English at Level 2", "RN5217", "Level 2", FunctionalSkills, "English"),
        new("603/4649/8", "City & Guilds Functional Skills Qualification in Mathematics at Level 2", "RN5217", "Level 2", FunctionalSkills, "Mathematics"),
        new("603/5054/4", "NCFE Level 2 Functional Skills Qualification in English", "RN5156", "Level 2", FunctionalSkills, "English"),
        new("603/5060/X", "NCFE Level 2 Functional Skills Qualification in Mathematics", "RN5156", "Level 2", FunctionalSkills, "Mathematics"),
        new("601/7159/5", "Pearson BTEC Level 3 National Extended Certificate in Business (360 GLH)", "RN5133", "Level 3", Btec, "Business"),
        new("601/7436/5", "Pearson BTEC Level 3 National Extended Certificate in Applied Science (360 GLH)", "RN5133", "Level 3", Btec, "Applied Science"),
        new("601/7228/9", "Pearson BTEC Level 3 National Extended Certificate in Art and Design (360 GLH)", "RN5133", "Level 3", Btec, "Art and Design"),
        new("603/3058/2", "Pearson BTEC Level 3 National Extended Certificate in Applied Psychology (360 GLH)", "RN5133", "Level 3", Btec, "Applied Psychology"),
        new("601/9043/7", "Pearson BTEC Level 3 National Extended Certificate in Applied Law (360 GLH)", "RN5133", "Level 3", Btec, "Applied Law"),
        new("603/0862/X", "Pearson BTEC Level 3 National Extended Certificate in Construction and the Built Environment (360 GLH)", "RN5133", "Level 3", Btec, "Construction and the Built Environment"),
        new("601/7524/2", "Pearson BTEC Level 3 National Extended Certificate in Animal Management (360 GLH)", "RN5133", "Level 3", Btec, "Animal Management"),
    ];

    private static readonly ILookup<(string Type, string Subject), DemoQualification> BySubject = All.ToLookup(q => (q.Type, q.Subject));
    private static readonly Dictionary<string, DemoQualification> ByNumber = All.ToDictionary(q => q.Number);

    /// <summary>The qualifications of a type in a subject, one or more.</summary>
    public static IReadOnlyList<DemoQualification> Of(string type, string subject) => [.. BySubject[(type, subject)]];

    public static DemoQualification Get(string number) => ByNumber[number];
}
