using BenchmarkDotNet.Running;
using Plr.Bench;

// upload sqlite|postgres [rows]   the whole path of an achievements file against bare bulk inserts of the same rows
// move sqlite|postgres [rows]      the whole path of a moved register's learning events against the same
// record sqlite|postgres [events]  the time of reading a record with its trail
// rest postgres|sqlite [events]    the same over the open interface, 16 connections, against a bare endpoint
// report [events] [file]            reports a second against Chromium printing the same page; taskset -c 0 keeps both on one core
// find [learners] [engines]        faulty searches in the find index against tolerant SQL on both engines
// build sqlite|postgres [learners]  the index loaded from a store against the bare reading of the same columns
// search postgres|sqlite [learners] [connections] faulty searches over the open interface, against an empty endpoint
// register [learners]              registering with the tolerant check, 16 at once, against a bare transaction on PostgreSQL
// train [learners] [pairs]         learning match weights from a register: time and memory
// duplicates [learners]            the scan of a whole register for duplicates against DuckDB's join of the same blocks
// batch [learners] [searches]      a file of searches to a file of candidates, against set-based joins in DuckDB and PostgreSQL
// anything else                    BenchmarkDotNet's switcher over the hot paths
return args switch
{
    ["upload", .. var rest] => await UploadBench.RunAsync(rest),
    ["move", .. var rest] => await MoveBench.RunAsync(rest),
    ["record", .. var rest] => await RecordBench.RunAsync(rest),
    ["rest", .. var rest] => await RestBench.RunAsync(rest),
    ["report", .. var rest] => await ReportBench.RunAsync(rest),
    ["find", .. var rest] => await FindBench.RunAsync(rest),
    ["build", .. var rest] => await FindBench.LoadAsync(rest),
    ["search", .. var rest] => await SearchBench.RunAsync(rest),
    ["register", .. var rest] => await RegisterBench.RunAsync(rest),
    ["train", .. var rest] => await TrainBench.RunAsync(rest),
    ["duplicates", .. var rest] => await DuplicatesBench.RunAsync(rest),
    ["batch", .. var rest] => await BatchBench.RunAsync(rest),
    _ => BenchmarkSwitcher.FromAssembly(typeof(HotPaths).Assembly).Run(args).Any() ? 0 : 1,
};
