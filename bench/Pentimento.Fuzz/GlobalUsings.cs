global using Pentimento.Foundation;
