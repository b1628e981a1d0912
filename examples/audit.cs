// Ask what a network looked at, and keep a page of it. Run with: dotnet run examples/audit.cs MODEL DATA [LIMIT]
#:project ../src/Pentimento.Reports/Pentimento.Reports.csproj

using Pentimento.Reports;

using var pentimento = Pentimento.Session.Open(seed: 1);
var model = pentimento.Network(args[0]);
var images = pentimento.Images(args[1]);
var audit = pentimento.Audit(model, images, limit: args.Length > 2 ? int.Parse(args[2]) : 0);
pentimento.Report(audit, pentimento.Evaluate(model, images)).Save("audit.html");
Console.WriteLine(audit.Verdict);
