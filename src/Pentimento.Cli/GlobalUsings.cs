global using System.CommandLine;
global using Pentimento.Foundation;
global using Progress = Pentimento.Foundation.Progress;
