global using Pentimento.Foundation;
global using Xunit;
