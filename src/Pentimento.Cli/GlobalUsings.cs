global using System.CommandLine;
global using Pentimento.Foundation;
